#include "cli/verify/bundle.h"

#include "chain/base/json_text.h"

namespace wagetrail::verifier {
namespace {

constexpr int kDepthMax = 64;
constexpr std::string_view kFormat = "wagetrail-evidence-1";

Expected<std::uint32_t> small(const Field& field) {
    const std::uint64_t number = TRY(field.number());
    if (number > 0xFFFFFFFF) return field.wrong("number of 32 bits");
    return static_cast<std::uint32_t>(number);
}

Expected<Height> height(const Field& field) {
    return Height(TRY(small(field)));
}

/// In units and as people read it: both must be the same.
Expected<Amount> amount(LedgerId ledger, const Field& field) {
    const Amount units = TRY(field["units"].units());
    const std::string shown =
        decimal_text(units, params(ledger).decimals) + " " + std::string(params(ledger).symbol);
    if (TRY(field["display"].text()) != shown)
        return fail(ErrorCode::invalid, field.path() + " shows another amount than its units");
    return units;
}

Expected<std::optional<Amount>> maybe_amount(LedgerId ledger, const Field& field) {
    if (field.is_null()) return std::optional<Amount>();
    return std::optional(TRY(amount(ledger, field)));
}

Expected<Position> position(LedgerId ledger, const Field& field) {
    if (TRY(field["ledger"].text()) != params(ledger).name)
        return fail(ErrorCode::invalid, field.path() + " is of another ledger");
    return Position{.ledger = ledger,
                    .height = TRY(height(field["height"])),
                    .block_hash = TRY(field["block_hash"].hash<BlockHash>()),
                    .time = TRY(field["time"].time()),
                    .index = TRY(field["index"].number()),
                    .txid = TRY(field["txid"].hash<Txid>()),
                    .path = field.path()};
}

Expected<Coin> coin(LedgerId ledger, const Field& field) {
    return Coin{.tx = TRY(position(ledger, field["position"])),
                .vout = OutIndex(TRY(small(field["position"]["vout"]))),
                .address = TRY(field["address"].text()),
                .amount = TRY(amount(ledger, field["amount"]))};
}

Expected<SourceId> source(const Field& field) {
    return SourceId(TRY(small(field)));
}

Expected<Arrival> arrival(LedgerId ledger, const Field& field) {
    Arrival read{.source = TRY(source(field["source"])),
                 .coin = TRY(coin(ledger, field["arrival"])),
                 .amount = TRY(maybe_amount(ledger, field["amount"])),
                 .hops = TRY(field["hops"].number()),
                 .parts = TRY(all_of<PathPart>(
                     field["path"],
                     [&](const Field& part) -> Expected<PathPart> {
                         return PathPart{.coin = TRY(coin(ledger, part)),
                                         .share = TRY(maybe_amount(ledger, part["share"])),
                                         .carried = TRY(maybe_amount(ledger, part["carried"]))};
                     })),
                 .path = field.path()};
    if (TRY(field["subject"].text()) != read.coin.address)
        return fail(ErrorCode::invalid, field.path() + "/subject is another address");
    return read;
}

Expected<std::optional<Txid>> maybe_txid(const Field& field) {
    if (field.is_null()) return std::optional<Txid>();
    return std::optional(TRY(field.hash<Txid>()));
}

Expected<Stop> stop(LedgerId ledger, const Field& field) {
    return Stop{.reason = TRY(field["reason"].text()),
                .label = TRY(field["label"].text()),
                .coin = TRY(coin(ledger, field["output"])),
                .spender = TRY(maybe_txid(field["spender"])),
                .shares = TRY(all_of<Share>(field["shares"],
                                            [&](const Field& share) -> Expected<Share> {
                                                return Share{.source = TRY(source(share["source"])),
                                                             .amount = TRY(maybe_amount(
                                                                 ledger, share["amount"]))};
                                            })),
                .amount = TRY(maybe_amount(ledger, field["amount"])),
                .path = field.path()};
}

Expected<std::vector<Lot>> lots(const Field& field) {
    return all_of<Lot>(field, [](const Field& lot) -> Expected<Lot> {
        const Amount units = TRY(lot["units"].units());
        if (lot["source"].is_null()) return Lot{std::nullopt, Amount(), units};
        return Lot{TRY(source(lot["source"])), units, units};
    });
}

Expected<Leg> leg(const Field& field) {
    return Leg{.at = TRY(field["output"].point()),
               .amount = TRY(field["units"].units()),
               .lots = TRY(lots(field["lots"])),
               .path = field.path()};
}

Expected<Step> step(LedgerId ledger, const Field& field) {
    return Step{.tx = TRY(position(ledger, field["position"])),
                .inputs = TRY(all_of<Leg>(field["inputs"], leg)),
                .outputs = TRY(all_of<Leg>(field["outputs"], leg)),
                .fee = TRY(field["fee"]["units"].units()),
                .fee_lots = TRY(lots(field["fee"]["lots"]))};
}

Expected<std::optional<Sums>> sums(LedgerId ledger, const Field& field) {
    if (field.is_null()) return std::optional<Sums>();
    return std::optional(Sums{.amount = TRY(amount(ledger, field["amount"])),
                              .reached = TRY(amount(ledger, field["reached"])),
                              .stopped = TRY(amount(ledger, field["stopped"])),
                              .residual = TRY(amount(ledger, field["residual"])),
                              .fees = TRY(amount(ledger, field["fees"]))});
}

/// None without lists, and under poison, which knows no amounts.
Expected<std::optional<Amount>> by_verdict(LedgerId ledger, const Field& field) {
    if (field.is_null()) return std::optional<Amount>();
    std::optional<Amount> sum = Amount();
    for (std::size_t i = 0; i < field.size(); ++i) {
        const auto one = TRY(maybe_amount(ledger, field.item(i)["amount"]));
        if (!one) return std::optional<Amount>();
        sum = sum->plus(*one);
        if (!sum) return field.wrong("table of amounts that can be added");
    }
    return sum;
}

Expected<PolicyPart> policy(LedgerId ledger, const Field& field) {
    const auto known = parse_policy(TRY(field["policy"].text()));
    if (!known) return field["policy"].wrong("policy that is known");
    return PolicyPart{
        .policy = *known,
        .sources = TRY(all_of<std::optional<Sums>>(
            field["sources"], [&](const Field& one) { return sums(ledger, one); })),
        .reached = TRY(all_of<Arrival>(field["reached"],
                                       [&](const Field& one) { return arrival(ledger, one); })),
        .stopped = TRY(
            all_of<Stop>(field["stopped"], [&](const Field& one) { return stop(ledger, one); })),
        .residual = TRY(
            all_of<Stop>(field["residual"], [&](const Field& one) { return stop(ledger, one); })),
        .totals = TRY(sums(ledger, field["totals"])),
        .by_verdict = TRY(by_verdict(ledger, field["verdicts"])),
        .steps =
            TRY(all_of<Step>(field["steps"], [&](const Field& one) { return step(ledger, one); })),
        .value_floor = TRY(amount(ledger, field["value_floor"])),
        .restarts = TRY(field["restarts"].number()),
        .transactions = TRY(field["transactions"].number()),
        .path = field.path()};
}

Expected<std::optional<Envelope>> envelope(LedgerId ledger, const Field& field) {
    if (field.is_null()) return std::optional<Envelope>();
    if (!field["survives_all"].json().is_boolean()) return field["survives_all"].wrong("truth");
    return std::optional(Envelope{.least = TRY(amount(ledger, field["reached"]["min"])),
                                  .most = TRY(amount(ledger, field["reached"]["max"])),
                                  .survives_all = field["survives_all"].json().get<bool>()});
}

Expected<EnclosedTransaction> transaction(const Field& field) {
    return EnclosedTransaction{
        .txid = TRY(field["txid"].hash<Txid>()),
        .height = TRY(height(field["height"])),
        .index = TRY(field["index"].number()),
        .raw = TRY(field["raw"].hex()),
        .branch = TRY(all_of<Sha256Hash>(field["branch"],
                                         [](const Field& one) { return one.hash<Sha256Hash>(); })),
        .path = field.path()};
}

Expected<EnclosedHeader> header(const Field& field) {
    return EnclosedHeader{.height = TRY(height(field["height"])),
                          .hash = TRY(field["hash"].hash<BlockHash>()),
                          .raw = TRY(field["raw"].hex()),
                          .path = field.path()};
}

Expected<EnclosedFile> file(const Field& field) {
    const Bytes bytes = TRY(field["hex"].hex());
    return EnclosedFile{.name = TRY(field["name"].text()),
                        .sha256 = TRY(field["sha256"].text()),
                        .text = std::string(bytes.begin(), bytes.end())};
}

}  // namespace

Expected<Json> parse_document(std::string_view text) {
    const auto refused = [](const char* what) { return fail(ErrorCode::invalid, what); };
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.size() > kBundleBytesMax) return refused("it is larger than any bundle (64 MiB)");
    if (nests_deeper(text, kDepthMax)) return refused("it nests deeper than any bundle");
    Json document = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!document.is_object()) return refused("it is no JSON object");
    if (document.dump(-1, ' ', false, Json::error_handler_t::replace) != text)
        return refused(
            "its bytes are not those that were written: something was changed, or a program has "
            "formatted them anew");
    return document;
}

Expected<Bundle> read_bundle(const Json& document) {
    const Field result = Field(document, "")["result"];
    if (TRY(result["format"].text()) != kFormat)
        return result["format"].wrong("format of evidence that is known");
    const Field answer = result["answer"];
    const Field found = answer["result"];
    Bundle bundle;
    bundle.ledger = TRY(parse_ledger(TRY(answer["as_of"].item(0)["ledger"].text())));
    const LedgerId ledger = bundle.ledger;
    const Field tip = answer["as_of"].item(0);
    const auto height = TRY(tip["height"].number());
    bundle.as_of = Height(static_cast<std::uint32_t>(height));
    const auto tip_hash = parse_hash<BlockHash>(TRY(tip["block_hash"].text()));
    if (!tip_hash) return tip["block_hash"].wrong("block hash");
    bundle.as_of_hash = *tip_hash;
    bundle.as_of_time = TRY(tip["time"].time());
    const std::string direction = TRY(found["direction"].text());
    if (direction != "forward" && direction != "backward")
        return found["direction"].wrong("direction");
    bundle.forward = direction == "forward";
    bundle.sources =
        TRY(all_of<Coin>(found["sources"], [&](const Field& one) { return coin(ledger, one); }));
    bundle.policies = TRY(all_of<PolicyPart>(
        found["policies"], [&](const Field& one) { return policy(ledger, one); }));
    bundle.envelope = TRY(envelope(ledger, found["envelope"]));
    bundle.transactions = TRY(all_of<EnclosedTransaction>(result["transactions"], transaction));
    bundle.headers = TRY(all_of<EnclosedHeader>(result["headers"], header));
    bundle.files = TRY(all_of<EnclosedFile>(result["files"], file));
    return bundle;
}

}  // namespace wagetrail::verifier
