#include "heuristics/trace/services.h"

#include "index/lists/csv.h"

#include "heuristics/trace/labelled_wallets.h"

#include <array>
#include <vector>

namespace wagetrail {
namespace {

struct Label {
    std::uint64_t line = 0;
    std::string address;
    std::string ledger;
    std::string name;
    std::string category;
};

std::string lower_case(std::string_view word) {
    std::string lower(word);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

bool same_word(std::string_view a, std::string_view b) {
    return lower_case(a) == lower_case(b);
}

class LabelParser {
  public:
    Expected<void> take(const std::vector<lists::CsvField>& fields) {
        if (!header_read_) return take_header(fields);
        if (fields.size() == 1 && fields[0].text.empty()) return {};
        const auto cell = [&](std::size_t column) {
            return column < fields.size() ? fields[column].text : std::string();
        };
        Label label{.line = fields[0].line,
                    .address = cell(address_),
                    .ledger = cell(ledger_),
                    .name = cell(name_),
                    .category = cell(category_)};
        if (label.address.empty())
            return fail(ErrorCode::invalid,
                        "line " + std::to_string(label.line) + ": the row has no address");
        labels_.push_back(std::move(label));
        return {};
    }

    Expected<std::vector<Label>> labels() && {
        if (!header_read_) return fail(ErrorCode::invalid, "the table of services is empty");
        return std::move(labels_);
    }

  private:
    Expected<void> take_header(const std::vector<lists::CsvField>& fields) {
        header_read_ = true;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (same_word(fields[i].text, "address")) address_ = i;
            if (same_word(fields[i].text, "ledger")) ledger_ = i;
            if (same_word(fields[i].text, "name")) name_ = i;
            if (same_word(fields[i].text, "category")) category_ = i;
        }
        if (address_ != kAbsent) return {};
        return fail(ErrorCode::invalid,
                    "line 1: the header needs a column address; name, category and ledger are "
                    "read too");
    }

    static constexpr std::size_t kAbsent = lists::kCsvFieldsMax;
    bool header_read_ = false;
    std::size_t address_ = kAbsent;
    std::size_t ledger_ = kAbsent;
    std::size_t name_ = kAbsent;
    std::size_t category_ = kAbsent;
    std::vector<Label> labels_;
};

std::string category_word(const Label& label) {
    return label.category.empty() ? "service" : label.category;
}

std::string words_of(const Label& label) {
    const std::string category = category_word(label);
    return label.name.empty() ? category : category + ": " + label.name;
}

}  // namespace

Expected<Services> Services::of_table(const index::LedgerView& view,
                                      Clusters& clusters,
                                      std::string_view csv) {
    LabelParser parser;
    lists::CsvReader reader(
        [&](const std::vector<lists::CsvField>& fields) { return parser.take(fields); });
    TRY(reader.feed(csv));
    TRY(reader.finish());
    Services services(clusters);
    for (const Label& label : TRY(std::move(parser).labels())) {
        if (!label.ledger.empty() && label.ledger != params(view.ledger()).name) continue;
        auto address = parse_address(view.ledger(), label.address);
        if (!address)
            return with_context(std::move(address).error(), "line " + std::to_string(label.line));
        if (const auto id = TRY(view.find_address(*address)))
            services.labels_.try_emplace(TRY(clusters.root(ClusterLevel::l1, *id)),
                                         words_of(label));
        const std::array word{lower_case(category_word(label))};
        services.rows_.emplace_back(labels::category_of(word), *std::move(address));
    }
    return services;
}

std::vector<Address> Services::addresses_of(labels::Category category) const {
    std::vector<Address> all;
    for (const auto& [one, address] : rows_)
        if (one == category) all.push_back(address);
    return all;
}

Expected<void> Services::add(const index::LedgerView& view, const labels::LabelView& labels) {
    std::vector<labels::Category> mixing;
    for (const labels::CategoryTraits& one : labels::all_categories())
        if (one.mixes) mixing.push_back(one.category);
    return each_labelled_wallet(
        view, *clusters_, labels, mixing, [&](AddrId root, const labels::Label& label) {
            labels_.try_emplace(root,
                                std::string(labels::name(label.category)) + ": " + label.label);
        });
}

Expected<std::optional<std::string>> Services::label_of(AddrId address) {
    const auto found = labels_.find(TRY(clusters_->root(ClusterLevel::l1, address)));
    if (found == labels_.end()) return std::optional<std::string>();
    return std::optional(found->second);
}

}  // namespace wagetrail
