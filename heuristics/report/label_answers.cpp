#include "heuristics/report/label_answers.h"

#include "heuristics/report/label_json.h"
#include "heuristics/report/table.h"

namespace wagetrail::report {
namespace {

Json pack_json(const labels::Pack& pack) {
    return {{"name", pack.name},
            {"sha256", lists::sha256_text(pack.sha256)},
            {"kind", labels::text(pack.kind)},
            {"title", pack.title},
            {"creator", pack.creator},
            {"known_from", text(pack.known_from)},
            {"tags", pack.tags},
            {"addresses", pack.addresses},
            {"unrecognised", pack.unrecognised}};
}

Json note_json(const labels::Note& note) {
    return {{"number", note.number},
            {"address", note.address},
            {"label", note.label},
            {"category", labels::name(note.category)},
            {"author", note.author},
            {"reason", note.reason},
            {"added", text(note.added)},
            {"removed", note.removed ? Json(text(*note.removed)) : Json()}};
}

}  // namespace

Answer note_answer(const labels::Note& note) {
    const std::string number = std::to_string(note.number);
    const std::string what = printable(note.label) + " for " + printable(note.address);
    return {sealed({}, {{"note", note_json(note)}}),
            note.removed ? "note " + number + ", " + what + ", does not count any more\n"
                         : "note " + number + ": " + what + "\n"};
}

Answer notes_answer(const std::vector<labels::Note>& notes) {
    Json all = Json::array();
    Table table({"note", "added", "removed", "address", "label", "category", "author", "reason"},
                {Align::right});
    for (const labels::Note& note : notes) {
        all.push_back(note_json(note));
        table.row({std::to_string(note.number), text(note.added),
                   note.removed ? text(*note.removed) : "", note.address, note.label,
                   std::string(labels::name(note.category)), note.author, note.reason});
    }
    const std::string none = "no note was made; run wagetrail labels add ADDRESS ...\n";
    return {sealed({}, {{"notes", std::move(all)}}), notes.empty() ? none : table.text()};
}

Answer address_labels_answer(const Manifest& manifest,
                             const Address& address,
                             const std::vector<labels::Label>& labels) {
    const std::string name = text(address);
    return {sealed(manifest, {{"ledger", params(address.ledger).name},
                              {"address", name},
                              {"labels", labels_json(labels)}}),
            labels.empty() ? "nobody says anything of " + name + "\n" : labels_text(labels)};
}

Answer pack_answer(const labels::ImportedPack& imported) {
    const labels::Pack& pack = imported.pack;
    std::string lines = pack.name + ": " + std::string(labels::text(pack.kind)) + " \"" +
                        printable(pack.title) + "\" by " + printable(pack.creator) + ", " +
                        std::to_string(pack.tags) + " entries, " + std::to_string(pack.addresses) +
                        " addresses\n";
    if (imported.already_there) lines += "these bytes were imported before: nothing was changed\n";
    if (pack.unrecognised > 0)
        lines += "warning: " + std::to_string(pack.unrecognised) +
                 " addresses of no form we know, or with a wrong checksum\n";
    return {sealed({}, {{"pack", pack_json(pack)}, {"already_there", imported.already_there}}),
            lines};
}

Answer packs_answer(const std::vector<labels::Pack>& packs) {
    Json all = Json::array();
    Table table({"pack", "kind", "title", "known from", "entries", "addresses", "sha256"},
                {Align::left, Align::left, Align::left, Align::left, Align::right, Align::right,
                 Align::left});
    for (const labels::Pack& pack : packs) {
        all.push_back(pack_json(pack));
        table.row({pack.name, std::string(labels::text(pack.kind)), pack.title,
                   text(pack.known_from), std::to_string(pack.tags), std::to_string(pack.addresses),
                   lists::sha256_text(pack.sha256)});
    }
    const std::string none = "no pack was imported; run wagetrail labels import FILE\n";
    return {sealed({}, {{"packs", std::move(all)}}), packs.empty() ? none : table.text()};
}

Answer export_answer(const std::string& name, const labels::TagPack& pack) {
    std::string yaml = labels::write_tag_pack(pack);
    return {sealed({}, {{"name", name}, {"yaml", yaml}}), std::move(yaml)};
}

}  // namespace wagetrail::report
