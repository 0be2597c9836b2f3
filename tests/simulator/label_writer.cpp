#include "tests/simulator/label_writer.h"

#include <ostream>

namespace wagetrail::simulator {

void write_labels(std::ostream& out, const Truth& truth) {
    out << "address,ledger,name,category\n";
    for (const OwnedAddress& owned : truth.addresses) {
        const Owner& owner = truth.owner(owned.owner);
        if (owner.role != Role::exchange) continue;
        out << text(owned.address) << ',' << params(truth.parameters.ledger).name << ','
            << owner.name << ",exchange\n";
    }
}

void write_label_pack(std::ostream& out, const Truth& truth) {
    out << "title: Simulated services\ncreator: the simulator\ncurrency: "
        << params(truth.parameters.ledger).symbol << "\nconfidence: ownership\ntags:\n";
    for (const OwnedAddress& owned : truth.addresses) {
        const Owner& owner = truth.owner(owned.owner);
        if (owner.role != Role::exchange) continue;
        out << "- address: " << text(owned.address) << "\n  label: " << owner.name
            << "\n  category: exchange\n";
    }
}

}  // namespace wagetrail::simulator
