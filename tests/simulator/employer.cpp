#include "tests/simulator/employer.h"

namespace wagetrail::simulator {
namespace {

constexpr std::int64_t kRetry = 12 * kHour;

}  // namespace

Employer::Employer(World& world, Exchange& exchange, EmployerPlan plan)
    : world_(world),
      exchange_(exchange),
      plan_(std::move(plan)),
      self_(world.add_owner(plan_.name, Role::employer, plan_.kind)),
      treasury_(world.new_address(self_, Use::treasury)) {}

void Employer::hire(
    std::string payee_id, OwnerId owner, Address payout, Amount salary, OnPaid on_paid) {
    PayeeRecord record{std::move(payee_id), self_, owner, std::move(payout)};
    world_.truth().payees.push_back(record);
    staff_.push_back({std::move(record), salary, std::move(on_paid)});
}

void Employer::start() {
    world_.after(kDay, [this] { fund(); });
    world_.after(plan_.first_payday * kDay, [this] { pay_day(1); });
}

/// Buys about two cycles' pay when less than that is left.
void Employer::fund() {
    Amount cycle;
    for (const Staff& one : staff_) cycle += one.salary;
    if (world_.balance(self_) < cycle + cycle)
        exchange_.withdraw(treasury_, cycle + cycle + world_.rng().share(cycle, 20, 60));
}

void Employer::pay_day(std::uint32_t cycle) {
    world_.after(plan_.cycle_days * kDay, [this, cycle] { pay_day(cycle + 1); });
    std::vector<std::size_t> everybody;
    for (std::size_t i = 0; i < staff_.size(); ++i) everybody.push_back(i);
    if (plan_.style == PayStyle::batch) {
        pay(cycle, everybody);
    } else {
        for (const std::size_t one : everybody) pay(cycle, {one});
    }
    fund();
}

void Employer::pay(std::uint32_t cycle, const std::vector<std::size_t>& staff) {
    std::vector<Payment> salaries;
    for (const std::size_t i : staff) {
        // Agreed in fiat: the rate moves the amount a little.
        const Amount rate_moved = world_.rng().share(staff_[i].salary, 94, 100);
        salaries.push_back({staff_[i].record.address, rate_moved, Purpose::salary});
    }
    World::Funding funding;
    if (plan_.style == PayStyle::batch) funding.change_to = treasury_;
    const auto sent = world_.pay(self_, salaries, std::move(funding));
    if (!sent) {
        world_.after(kRetry, [this, cycle, staff] { pay(cycle, staff); });
        return;
    }
    for (std::size_t n = 0; n < staff.size(); ++n) {
        const Staff& paid = staff_[staff[n]];
        const Coin& coin = sent->coins[n];
        world_.truth().payroll.push_back({.payee = paid.record,
                                          .employer_wallet = treasury_,
                                          .cycle = cycle,
                                          .amount = coin.amount,
                                          .paid = world_.now(),
                                          .output = coin.at});
        paid.on_paid(coin);
    }
}

}  // namespace wagetrail::simulator
