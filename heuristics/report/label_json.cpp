#include "heuristics/report/label_json.h"

#include "heuristics/report/table.h"

namespace wagetrail::report {

Json label_json(const labels::Label& label) {
    return {{"address", label.address},
            {"label", label.label},
            {"category", labels::name(label.category)},
            {"category_id", static_cast<unsigned>(label.category)},
            {"confidence", label.confidence},
            {"source", label.source},
            {"date", label.date},
            {"pack", label.pack},
            {"by", label.by},
            {"reason", label.reason}};
}

Json labels_json(std::span<const labels::Label> labels) {
    Json all = Json::array();
    for (const labels::Label& label : labels) all.push_back(label_json(label));
    return all;
}

std::string labels_text(std::span<const labels::Label> labels) {
    std::string words;
    for (const labels::Label& label : labels) {
        words += "label     " + printable(label.label) + " (" +
                 std::string(labels::name(label.category)) + ", confidence " +
                 std::to_string(label.confidence) + ", " + printable(label.pack) + " by " +
                 printable(label.by);
        if (!label.date.empty()) words += ", " + printable(label.date);
        words += ")\n";
        if (!label.reason.empty()) words += "          because " + printable(label.reason) + "\n";
    }
    if (labels::contradict(labels)) words += "          they contradict each other\n";
    return words;
}

}  // namespace wagetrail::report
