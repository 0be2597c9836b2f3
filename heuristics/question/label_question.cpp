#include "heuristics/question/label_question.h"

#include "heuristics/question/open_ledger.h"
#include "heuristics/report/label_answers.h"

namespace wagetrail::question {

Expected<Answered> labels_of(Home& home, const Pins& pins, const std::string& text) {
    const Address address = TRY(choose_address(home, pins, text));
    const OpenLabels labels = TRY(open_labels(home, pins));
    report::Manifest manifest;
    std::vector<labels::Label> found;
    if (labels.view) {
        report::pin_labels(*labels.view, manifest);
        found = TRY(labels.view->of(address));
    }
    return Answered{report::address_labels_answer(manifest, address, found)};
}

}  // namespace wagetrail::question
