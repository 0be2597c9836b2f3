// An employer with a staff list, pay cycles and books.
#pragma once

#include "tests/simulator/exchange.h"

#include <functional>
#include <string>
#include <vector>

namespace wagetrail::simulator {

enum class PayStyle : std::uint8_t {
    batch,   // everybody in one transaction
    single,  // one transaction each
};

struct EmployerPlan {
    std::string name;
    AddressKind kind = AddressKind::p2wpkh;
    PayStyle style = PayStyle::batch;
    std::int64_t cycle_days = 14;
    std::int64_t first_payday = 4;  // days after the start of the story
};

class Employer : public Actor {
  public:
    Employer(World& world, Exchange& exchange, EmployerPlan plan);

    /// on_paid gets the salary's coin, once it is sent.
    using OnPaid = std::function<void(const Coin&)>;
    void hire(std::string payee_id, OwnerId payee, Address payout, Amount salary, OnPaid on_paid);
    /// Plans the pay days; after hiring.
    void start();

    [[nodiscard]] const std::string& name() const { return plan_.name; }
    [[nodiscard]] const Address& wallet() const { return treasury_; }

  private:
    struct Staff {
        PayeeRecord record;
        Amount salary;
        OnPaid on_paid;
    };
    void fund();
    void pay_day(std::uint32_t cycle);
    /// Tries again later when there is too little in the wallet.
    void pay(std::uint32_t cycle, const std::vector<std::size_t>& staff);

    Exchange& exchange_;
    EmployerPlan plan_;
    Address treasury_;
    std::vector<Staff> staff_;
};

}  // namespace wagetrail::simulator
