// What the rules say about transactions and addresses, for measuring them on labelled data.
//
//     wagetrail-measure shapes LEDGER          reads lines "id height inputs outputs" from stdin, a
//                                              leg as amount:script, legs separated by commas;
//                                              prints "id class"
//     wagetrail-measure time LEDGER ROUNDS     the same lines, classified so many times over:
//                                              nanoseconds for each transaction
//     wagetrail-measure classes LEDGER INDEX   "txid class" of every transaction, as it is stored
//     wagetrail-measure entities LEDGER INDEX  "address L0 L1" of every address: the first address
//                                              of its entity at either level
//     wagetrail-measure merges LEDGER INDEX    "level rule a b txid" of every merge
#include "chain/base/number.h"
#include "chain/script.h"

#include "index/open_reader.h"
#include "index/view.h"

#include "heuristics/clusters.h"
#include "heuristics/coinjoin.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace wagetrail {
namespace {

struct Line {
    std::string id;
    Height height;
    TxShape shape;
};

/// Ids of scripts within one transaction.
class Scripts {
  public:
    AddrId id(const Bytes& script) {
        return AddrId(ids_.emplace(script, ids_.size()).first->second);
    }

  private:
    std::map<Bytes, std::uint64_t> ids_;
};

std::unexpected<Error> malformed(const std::string& line) {
    return fail(ErrorCode::invalid,
                "cannot read the line \"" + line + "\"; it must be: id height inputs outputs");
}

Expected<void> add_legs(const std::string& text, Scripts& scripts, TxShape& shape, bool is_input) {
    std::istringstream legs(text);
    for (std::string leg; std::getline(legs, leg, ',');) {
        const auto colon = leg.find(':');
        if (colon == std::string::npos) return malformed(text);
        const auto amount = parse_number(leg.substr(0, colon));
        const auto script = from_hex(leg.substr(colon + 1));
        if (!amount || !script) return malformed(text);
        const AddressKind kind = match_template(*script).kind;
        const ShapeLeg made{
            .address = scripts.id(*script), .amount = Amount(*amount), .kind = kind};
        if (is_input)
            shape.inputs.push_back(made);
        else if (kind == AddressKind::op_return)
            ++shape.data_outputs;
        else
            shape.outputs.push_back(made);
    }
    return {};
}

Expected<std::vector<Line>> read_lines(std::istream& in) {
    std::vector<Line> lines;
    for (std::string text; std::getline(in, text);) {
        std::istringstream words(text);
        Line line;
        std::string height;
        std::string inputs;
        std::string outputs;
        words >> line.id >> height >> inputs >> outputs;
        const auto number = parse_number(height);
        if (!number || outputs.empty()) return malformed(text);
        line.height = Height(static_cast<std::uint32_t>(*number));
        Scripts scripts;
        TRY(add_legs(inputs, scripts, line.shape, true));
        TRY(add_legs(outputs, scripts, line.shape, false));
        lines.push_back(std::move(line));
    }
    return lines;
}

Expected<void> print_shapes(LedgerId ledger) {
    const CoinjoinGates gates = coinjoin_gates(ledger);
    for (const Line& line : TRY(read_lines(std::cin)))
        std::cout << line.id << ' ' << name(classify(line.shape, gates, line.height).tx_class)
                  << '\n';
    return {};
}

Expected<void> print_time(LedgerId ledger, std::uint64_t rounds) {
    const CoinjoinGates gates = coinjoin_gates(ledger);
    const std::vector<Line> lines = TRY(read_lines(std::cin));
    std::uint64_t found = 0;
    const auto begun = std::chrono::steady_clock::now();
    for (std::uint64_t round = 0; round < rounds; ++round)
        for (const Line& line : lines)
            found +=
                classify(line.shape, gates, line.height).tx_class != TxClass::ordinary ? 1U : 0U;
    const auto took = std::chrono::steady_clock::now() - begun;
    const auto nanoseconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(took).count());
    const std::uint64_t count = rounds * lines.size();
    std::cout << lines.size() << " transactions, " << (rounds == 0 ? 0 : found / rounds)
              << " with a class: " << (count == 0 ? 0 : nanoseconds / count) << " ns each\n";
    return {};
}

struct OpenIndex {
    std::unique_ptr<index::Database> database;
    index::LedgerView view;
};

Expected<OpenIndex> open(LedgerId ledger, const std::string& path) {
    constexpr std::uint64_t kMemory = std::uint64_t{64} << 20U;
    auto database = TRY(index::open_reader(path, ledger, index::ReadCache(kMemory),
                                           std::filesystem::temp_directory_path().string()));
    index::LedgerView view = TRY(index::LedgerView::open(database->latest(), ledger));
    return OpenIndex{.database = std::move(database), .view = std::move(view)};
}

Expected<void> print_classes(const index::LedgerView& view) {
    Clusters clusters(view);
    for (TxId id(0); id < view.end_tx(); id = id.next()) {
        const index::TxRecord tx = TRY(view.tx(id));
        std::cout << text(tx.txid) << ' ' << name(TRY(clusters.class_of(tx.id))) << '\n';
    }
    return {};
}

/// The first id after those of the view; every address was paid once.
Expected<AddrId> end_address(const index::LedgerView& view) {
    AddrId end(0);
    for (TxId id(0); id < view.end_tx(); id = id.next())
        for (const index::OutputRecord& out : TRY(view.outputs(TRY(view.tx(id)))))
            end = std::max(end, out.address.next());
    return end;
}

Expected<void> print_entities(const index::LedgerView& view) {
    Clusters clusters(view);
    const AddrId end = TRY(end_address(view));
    for (AddrId id(0); id < end; id = id.next()) {
        std::cout << text(TRY(view.address(id)));
        for (const ClusterLevel level : {ClusterLevel::l0, ClusterLevel::l1}) {
            const Entity entity = TRY(clusters.entity(level, id));
            std::cout << ' ' << text(TRY(view.address(entity.first)));
        }
        std::cout << '\n';
    }
    return {};
}

Expected<void> print_merges(const index::LedgerView& view, ClusterLevel level) {
    Clusters clusters(view);
    const AddrId end = TRY(end_address(view));
    for (AddrId id(0); id < end; id = id.next()) {
        const Entity entity = TRY(clusters.entity(level, id));
        if (entity.root != id) continue;
        const MergePage page = TRY(clusters.merges(entity, {}, entity.size));
        for (const Merge& merge : page.merges)
            std::cout << name(level) << ' ' << name(merge.rule) << ' '
                      << text(TRY(view.address(merge.a))) << ' ' << text(TRY(view.address(merge.b)))
                      << ' ' << text(TRY(view.tx(merge.position.tx)).txid) << '\n';
    }
    return {};
}

Expected<void> print_index(const std::string& what, LedgerId ledger, const std::string& path) {
    const OpenIndex index = TRY(open(ledger, path));
    if (what == "classes") return print_classes(index.view);
    if (what == "entities") return print_entities(index.view);
    TRY(print_merges(index.view, ClusterLevel::l0));
    return print_merges(index.view, ClusterLevel::l1);
}

Expected<void> run(const std::vector<std::string>& words) {
    const std::string usage =
        "usage: wagetrail-measure shapes LEDGER | time LEDGER ROUNDS | "
        "{classes|entities|merges} LEDGER INDEX";
    if (words.size() < 2) return fail(ErrorCode::invalid, usage);
    const std::string& what = words[0];
    const LedgerId ledger = TRY(parse_ledger(words[1]));
    if (what == "shapes" && words.size() == 2) return print_shapes(ledger);
    if (words.size() != 3) return fail(ErrorCode::invalid, usage);
    if (what == "classes" || what == "entities" || what == "merges")
        return print_index(what, ledger, words[2]);
    const auto rounds = parse_number(words[2]);
    if (what == "time" && rounds) return print_time(ledger, *rounds);
    return fail(ErrorCode::invalid, usage);
}

}  // namespace
}  // namespace wagetrail

int main(int argc, char** argv) {
    const auto done = wagetrail::run(std::vector<std::string>(argv + 1, argv + argc));
    if (done) return 0;
    std::cerr << "wagetrail-measure: " << done.error().what << '\n';
    return 1;
}
