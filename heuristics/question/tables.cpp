#include "heuristics/question/tables.h"

#include "chain/base/sha256.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace wagetrail::question {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kTableBytesMax = std::uintmax_t{256} << 20U;

}  // namespace

Expected<std::string> table_text(const std::string& path) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(path, error);
    if (error) return fail(ErrorCode::invalid, "cannot read " + path + ": " + error.message());
    if (size > kTableBytesMax)
        return fail(ErrorCode::limit, path + " is larger than 256 MiB; split it");
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return fail(ErrorCode::io, "cannot read " + path);
    return std::move(text).str();
}

Expected<LabelledServices> load_services(const index::LedgerView& view,
                                         Clusters& clusters,
                                         NamedFiles& files,
                                         const std::string& path) {
    if (path.empty()) return LabelledServices{};
    const NamedFile& table = *TRY(files.read(path));
    auto services = Services::of_table(view, clusters, table.text);
    if (!services) return with_context(std::move(services).error(), path);
    return LabelledServices{*std::move(services), table.sha256};
}

Expected<PriceTable> load_prices(const std::string& path) {
    if (path.empty()) return PriceTable{};
    const std::string table = TRY(table_text(path));
    auto prices = prices::PriceSeries::of_table(table);
    if (!prices) return with_context(std::move(prices).error(), path);
    return PriceTable{*std::move(prices), fs::path(path).filename().string(), sha256_hex(table),
                      std::nullopt};
}

}  // namespace wagetrail::question
