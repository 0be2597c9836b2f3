#include "index/lists/lint.h"
#include "index/lists/read_list.h"
#include "index/lists/sqlite.h"

#include <utility>

namespace wagetrail::lists {

Expected<Publication> publication_of_file(const std::filesystem::path& file,
                                          const std::string& profile) {
    ReadList read = TRY(read_list(file, {.kind = {}, .profile = profile, .progress = {}}, ""));
    return Publication{.name = {},
                       .kind = read.snapshot.kind,
                       .sha256 = read.snapshot.sha256,
                       .published = read.stated,
                       .counts = read.snapshot.counts,
                       .content = std::move(read.content),
                       .warnings = std::move(read.snapshot.warnings),
                       .codes = std::move(read.codes),
                       .xml_namespace = std::move(read.xml_namespace)};
}

Expected<Publication> publication_of(const Registry& registry, const Snapshot& snapshot) {
    Sqlite& database = registry.database();
    return Publication{.name = snapshot.list,
                       .kind = snapshot.kind,
                       .sha256 = snapshot.sha256,
                       .published = snapshot.published,
                       .counts = snapshot.counts,
                       .content = TRY(load_content(database, snapshot.id)),
                       .warnings = {},
                       .codes = {},
                       .xml_namespace = {}};
}

}  // namespace wagetrail::lists
