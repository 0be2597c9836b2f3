// Payees that may be paid again, some of them far more often than others: the chance of a place in
// the table falls with one over its rank (Zipf), so the first ones become services. Bounded: when
// it is full, a newcomer takes the place of one in the rarely used half.
#pragma once

#include "tests/simulator/shape/payee.h"

#include <vector>

namespace wagetrail::simulator {

class PayeeTable {
  public:
    void add(const Payee& payee, Rng& rng);
    [[nodiscard]] bool empty() const { return payees_.empty(); }
    /// There must be one.
    [[nodiscard]] const Payee& pick(Rng& rng) const;

  private:
    std::vector<Payee> payees_;
};

}  // namespace wagetrail::simulator
