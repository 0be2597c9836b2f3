#include "server/routes/routes.h"
#include "server/web_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace wagetrail::server {
namespace {

constexpr std::string_view kPage = "index.html";
constexpr std::string_view kAssets = "assets/";

MediaType type_of(std::string_view path) {
    constexpr std::array kTypes{std::pair{std::string_view(".js"), MediaType::javascript},
                                std::pair{std::string_view(".css"), MediaType::css},
                                std::pair{std::string_view(".svg"), MediaType::svg},
                                std::pair{std::string_view(".html"), MediaType::html}};
    for (const auto& [ending, type] : kTypes)
        if (path.ends_with(ending)) return type;
    return MediaType::text;
}

Result<Answer> file(const std::string& path, const Call& call) {
    const auto files = web_files();
    const auto found = std::ranges::find(files, path, &WebFile::path);
    if (found == files.end())
        return refuse(
            ProblemCode::not_found,
            files.empty() ? "the program was built without the explorer" : "there is no such file",
            files.empty() ? "build it with -DWAGETRAIL_WEB=ON" : "the explorer is at /");
    return Answer{.body = std::string(call.takes_gzip ? found->gzip : found->bytes),
                  .type = type_of(path),
                  .kind = path == kPage ? AnswerKind::page : AnswerKind::asset,
                  .is_gzip = call.takes_gzip};
}

}  // namespace

std::vector<Route> web_routes() {
    return {{.path = "/",
             .name = "explorer",
             .about = "The explorer: a page that draws what the other routes answer.",
             .tag = "explorer",
             .scope = Scope::open,
             .gives = {MediaType::html},
             .from_memory = [](const Call& call) { return file(std::string(kPage), call); }},
            {.path = "/assets/{file}",
             .name = "explorerFile",
             .about = "The scripts, styles and pictures of the explorer.",
             .tag = "explorer",
             .scope = Scope::open,
             .parameters =
                 {{.name = "file", .in = In::path, .about = "As the page names it.", .max = 100}},
             .gives = {MediaType::javascript, MediaType::css, MediaType::svg},
             .from_memory = [](const Call& call) {
                 return file(std::string(kAssets) + call.text("file"), call);
             }}};
}

}  // namespace wagetrail::server
