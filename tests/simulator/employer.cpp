#include "tests/simulator/employer.h"

namespace wagetrail::simulator {
namespace {

constexpr std::int64_t kRetry = 12 * kHour;

}  // namespace

Employer::Employer(World& world, Exchange& exchange, EmployerPlan plan)
    : Actor(world, plan.name, Role::employer, plan.kind, Software::custody),
      exchange_(exchange),
      plan_(std::move(plan)),
      treasury_(world.new_address(owner(), Use::treasury)) {}

void Employer::hire(
    std::string payee_id, OwnerId payee, Address payout, Amount salary, OnPaid on_paid) {
    PayeeRecord record{std::move(payee_id), owner(), payee, std::move(payout)};
    world().truth().payees.push_back(record);
    staff_.push_back({std::move(record), salary, std::move(on_paid)});
}

void Employer::start() {
    world().after(kDay, [this] { fund(); });
    world().after(plan_.first_payday * kDay, [this] { pay_day(1); });
}

/// Buys about two cycles' pay when less than that is left.
void Employer::fund() {
    Amount cycle;
    for (const Staff& one : staff_) cycle += one.salary;
    if (world().balance(owner()) < cycle + cycle)
        exchange_.withdraw(treasury_, cycle + cycle + rng().share(cycle, 20, 60));
}

void Employer::pay_day(std::uint32_t cycle) {
    world().after(plan_.cycle_days * kDay, [this, cycle] { pay_day(cycle + 1); });
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
        const Amount rate_moved = rng().share(staff_[i].salary, 94, 100);
        salaries.push_back({staff_[i].record.address, rate_moved, Purpose::salary});
    }
    World::Funding funding;
    if (plan_.style == PayStyle::batch) funding.change_to = treasury_;
    const auto sent = world().pay(owner(), salaries, std::move(funding));
    if (!sent) {
        world().after(kRetry, [this, cycle, staff] { pay(cycle, staff); });
        return;
    }
    for (std::size_t n = 0; n < staff.size(); ++n) {
        const Staff& paid = staff_[staff[n]];
        const Coin& coin = sent->coins[n];
        world().truth().payroll.push_back({.payee = paid.record,
                                           .employer_wallet = treasury_,
                                           .cycle = cycle,
                                           .amount = coin.amount,
                                           .paid = world().now(),
                                           .output = coin.at});
        paid.on_paid(coin);
    }
}

}  // namespace wagetrail::simulator
