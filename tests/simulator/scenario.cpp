#include "tests/simulator/scenario.h"

#include "tests/simulator/employer.h"
#include "tests/simulator/joint/disguise.h"
#include "tests/simulator/joint/joinmarket.h"
#include "tests/simulator/joint/wabisabi.h"
#include "tests/simulator/joint/whirlpool.h"
#include "tests/simulator/joint/zerolink.h"
#include "tests/simulator/mixer.h"
#include "tests/simulator/network.h"
#include "tests/simulator/people.h"
#include "tests/simulator/promoter.h"

#include <algorithm>
#include <memory>

namespace wagetrail::simulator {
namespace {

constexpr std::uint32_t kFirstStoryBlock = 101;  // the first reward is mature
constexpr std::int64_t kStoryDays = 150;         // unless the blocks fill more
constexpr std::int64_t kSpacingMin = 600;
constexpr std::int64_t kSpacingMax = 12 * kHour;
constexpr std::uint32_t kUsersPer300Blocks = 24;
constexpr std::uint32_t kUsersMax = 2400;
constexpr Amount kDenomination(20'000'000);

const std::vector<AddressKind>& single_key_kinds() {
    static const std::vector<AddressKind> kinds = {AddressKind::p2wpkh, AddressKind::p2pkh,
                                                   AddressKind::p2sh, AddressKind::p2tr};
    return kinds;
}

AddressKind kind_of(std::size_t n) {
    return single_key_kinds()[n % single_key_kinds().size()];
}

std::string numbered(std::string_view what, std::size_t n) {
    return std::string(what) + (n < 10 ? "-0" : "-") + std::to_string(n);
}

class MinerActor : public Actor {
  public:
    enum class Rewards : std::uint8_t { one_address, fresh_addresses };

    MinerActor(Town& town, std::string name, AddressKind kind, Rewards rewards)
        : Actor(town.world, std::move(name), Role::miner, kind),
          town_(town),
          rewards_(rewards),
          fixed_(town.world.new_address(owner(), Use::reward)) {
        world().repeat(12 * kHour, 12 * kHour, 30 * kHour, [this] { sell(); });
    }

    [[nodiscard]] Address reward_address() {
        return rewards_ == Rewards::one_address ? fixed_
                                                : world().new_address(owner(), Use::reward);
    }

  private:
    void sell() {
        constexpr std::size_t kMostInputs = 8;
        std::vector<Coin> coins = world().coins(owner());
        if (coins.size() > kMostInputs) coins.resize(kMostInputs);
        Amount sum;
        for (const Coin& coin : coins) sum += coin.amount;
        if (sum < Amount(100'000'000)) return;
        const Payment sale{town_.exchange.deposit_address(owner()), rng().share(sum, 60, 95),
                           Purpose::exchange_deposit};
        (void)world().pay(owner(), {sale}, {.spend_first = coins});
    }

    Town& town_;
    Rewards rewards_;
    Address fixed_;
};

/// Those who mix, and with whom. Apart from the payrolls and the network: what they do reaches no
/// listed party.
class Mixing {
  public:
    Mixing(Town& town, const std::vector<std::unique_ptr<User>>& users)
        : town_(town),
          users_(users),
          wasabi_(crowd("wasabi-user", Software::wasabi, kWasabiUsers)),
          samourai_(crowd("samourai-user", Software::samourai, kSamouraiUsers)),
          joinmarket_(crowd("joinmarket-user", Software::joinmarket, kJoinMarketUsers)),
          coordinator_(town.world.add_owner(
              "coordinator", Role::coordinator, AddressKind::p2wpkh, Software::wasabi)),
          small_pool_(town.world, "pool-small", {Amount(1'000'000), Amount(50'000)}, samourai_),
          large_pool_(town.world, "pool-large", {Amount(5'000'000), Amount(175'000)}, samourai_),
          mixer_(town, "mixer"),
          promoter_(town, "promoter", users) {
        World& world = town.world;
        world.repeat(7 * kDay, 5 * kDay, 8 * kDay, [this] { wasabi_round(); });
        world.repeat(5 * kDay, 2 * kDay, 4 * kDay,
                     [this] { joinmarket_round(town_, joinmarket_); });
        world.repeat(6 * kDay, kDay, 3 * kDay, [this] { send_to_mixer(); });
        world.repeat(5 * kDay, kDay, 3 * kDay, [this] { disguise(); });
        world.repeat(9 * kDay, 3 * kDay, 6 * kDay,
                     [this] { coinjoin(town_.world, users_, kDenomination); });
    }

  private:
    static constexpr std::size_t kWasabiUsers = 26;
    static constexpr std::size_t kSamouraiUsers = 10;
    static constexpr std::size_t kJoinMarketUsers = 11;

    Crowd crowd(std::string_view name, Software software, std::size_t count) {
        Crowd made;
        for (std::size_t n = 0; n < count; ++n)
            made.push_back(std::make_unique<Participant>(town_, numbered(name, n + 1), software));
        return made;
    }

    /// The second protocol replaced the first a little after half of the story.
    void wasabi_round() {
        const SimulationParameters& set = town_.world.truth().parameters;
        const std::uint32_t story = set.blocks - std::min(set.blocks, kFirstStoryBlock);
        if (town_.world.height().value < kFirstStoryBlock + story / 20 * 11)
            zerolink_round(town_.world, coordinator_, wasabi_);
        else
            wabisabi_round(town_.world, coordinator_, wasabi_);
    }

    void send_to_mixer() {
        User& customer = *town_.world.rng().pick(users_);
        const Amount wealth = town_.world.balance(customer.owner());
        const Amount amount = town_.world.rng().share(wealth, 15, 50);
        if (amount < Amount(5'000'000)) return;
        std::vector<Address> back;
        for (std::uint64_t n = town_.world.rng().between(1, 3); n > 0; --n)
            back.push_back(town_.world.new_address(customer.owner(), Use::receive));
        mixer_.mix(customer.owner(), amount, back);
    }

    /// PayJoins and Stonewalls. Those of two people stay rare enough.
    void disguise() {
        World& world = town_.world;
        Rng& rng = world.rng();
        const OwnerId payer = rng.pick(users_)->owner();
        const OwnerId helper = rng.pick(users_)->owner();
        Shop& shop = *rng.pick(town_.shops);
        const Amount amount = priced(rng, rng.share(world.balance(payer), 5, 30));
        if (amount < Amount(1'000'000)) return;
        const std::uint64_t choice = rng.below(100);
        if (choice < 40)
            stonewall(world, payer, shop.till(), amount);
        else if (world.may_hide() && choice < 85)
            payjoin(world, payer, shop, amount);
        else if (world.may_hide() && helper != payer)
            stonewall_x2(world, payer, helper, shop.till(), amount);
    }

    Town& town_;
    const std::vector<std::unique_ptr<User>>& users_;
    Crowd wasabi_;
    Crowd samourai_;
    Crowd joinmarket_;
    OwnerId coordinator_;
    Whirlpool small_pool_;
    Whirlpool large_pool_;
    Mixer mixer_;
    Promoter promoter_;
};

/// Everybody on the chain. Actors hold references to each other, so it never moves.
class Cast {
  public:
    explicit Cast(World& world)
        : world_(world), exchange_(world, "exchange"), town_{world, exchange_, {}} {
        open_shops();
        name_sanctioned_parties();
        hire_staff();
        settle_users();
        start_miners();
        for (const auto& employer : employers_) employer->start();
        mixing_ = std::make_unique<Mixing>(town_, users_);
    }
    Cast(const Cast&) = delete;
    Cast(Cast&&) = delete;
    Cast& operator=(const Cast&) = delete;
    Cast& operator=(Cast&&) = delete;
    ~Cast() = default;

    [[nodiscard]] Address next_reward_address() {
        return world_.rng().pick(miners_)->reward_address();
    }

  private:
    void start_miners() {
        using Rewards = MinerActor::Rewards;
        const auto add = [this](std::string name, AddressKind kind, Rewards rewards) {
            miners_.push_back(std::make_unique<MinerActor>(town_, std::move(name), kind, rewards));
        };
        add("miner-01", AddressKind::p2pk, Rewards::one_address);
        add("miner-02", AddressKind::p2pkh, Rewards::fresh_addresses);
        add("miner-03", AddressKind::p2wpkh, Rewards::fresh_addresses);
    }

    void open_shops() {
        for (std::size_t n = 0; n < 4; ++n) {
            const auto addresses = n % 2 == 0 ? Shop::Addresses::reused : Shop::Addresses::fresh;
            const AddressKind kind = n == 3 ? AddressKind::p2wsh : kind_of(n + 1);
            shops_.push_back(std::make_unique<Shop>(world_, exchange_, numbered("shop", n + 1),
                                                    kind, addresses));
            town_.shops.push_back(shops_.back().get());
        }
    }

    ListedActor& add_listed(std::string name, const std::vector<AddressKind>& kinds) {
        listed_.push_back(std::make_unique<ListedActor>(town_, std::move(name), kinds.front()));
        for (const AddressKind kind : kinds) {
            const Address made = listed_.back()->add_address(kind);
            listed_addresses_.push_back({listed_.back()->owner(), made});
        }
        return *listed_.back();
    }

    /// Alpha and its addresses are named at once; beta was known long before its address; gamma was
    /// listed with its address before the chain began.
    void name_sanctioned_parties() {
        ListedActor& alpha = add_listed("listed-alpha", {AddressKind::p2pkh, AddressKind::p2wpkh});
        ListedActor& beta = add_listed("listed-beta", {AddressKind::p2tr});
        ListedActor& gamma = add_listed("listed-gamma", {AddressKind::p2sh});
        const Time published = publication_day();
        const Time beta_designated{1'504'656'000};   // 2017-09-06
        const Time gamma_designated{1'649'116'800};  // 2022-04-05
        add_party("SIMULATED PARTY ALPHA", alpha.owner(), published, published);
        add_party("SIMULATED PARTY BETA", beta.owner(), beta_designated, published);
        add_party("SIMULATED PARTY GAMMA", gamma.owner(), gamma_designated, gamma_designated);

        using Collects = Consolidator::Collects;
        consolidators_.push_back(
            std::make_unique<Consolidator>(town_, "consolidator-01", AddressKind::p2pkh,
                                           Collects::at_one_address, std::vector{&alpha, &beta}));
        consolidators_.push_back(std::make_unique<Consolidator>(
            town_, "consolidator-02", AddressKind::p2wpkh, Collects::at_one_per_remitter,
            std::vector{&alpha, &gamma}));
    }

    void add_party(std::string name, OwnerId owner, Time designated, Time published) {
        ListedParty party{std::move(name), owner, designated, {}};
        for (const auto& [holder, address] : listed_addresses_) {
            if (holder == owner) party.addresses.push_back({address, published});
        }
        world_.truth().parties.push_back(std::move(party));
    }

    /// A little past the middle of the story.
    [[nodiscard]] Time publication_day() const {
        const SimulationParameters& set = world_.truth().parameters;
        const std::int64_t story_blocks =
            set.blocks > kFirstStoryBlock ? set.blocks - kFirstStoryBlock : 1;
        const std::int64_t from = world_.now().seconds + kFirstStoryBlock * kSpacingMin;
        return day_start({from + story_blocks * set.spacing_seconds * 55 / 100});
    }

    void hire_staff() {
        Employer& northwind =
            add_employer({"northwind", AddressKind::p2wpkh, PayStyle::batch, 14, 5});
        Employer& lumen = add_employer({"lumen", AddressKind::p2tr, PayStyle::batch, 14, 8});
        Employer& harbour = add_employer({"harbour", AddressKind::p2pkh, PayStyle::single, 7, 6});
        Employer& quarry = add_employer({"quarry", AddressKind::p2sh, PayStyle::batch, 30, 10});
        hire_workers(northwind, 4);
        hire_remitters(northwind, 4);
        hire_workers(lumen, 3);
        hire_remitters(lumen, 2);
        // One of northwind's remitters is on lumen's list too, with the same address.
        hire(lumen, *remitters_.front());
        hire_workers(harbour, 6);
        hire_workers(quarry, 5);
    }

    Employer& add_employer(EmployerPlan plan) {
        employers_.push_back(std::make_unique<Employer>(world_, exchange_, std::move(plan)));
        return *employers_.back();
    }

    [[nodiscard]] Amount some_salary() {
        return Amount(world_.rng().between(20, 80) * 5'000'000);  // 1 to 4 coins
    }

    template <class Payee>
    void hire(Employer& employer, Payee& payee) {
        employer.hire(numbered(employer.name(), ++staff_of_[employer.name()]), payee.owner(),
                      payee.payout(), some_salary(),
                      [&payee](const Coin& coin) { payee.paid(coin); });
    }

    void hire_workers(Employer& employer, std::size_t count) {
        for (std::size_t n = 0; n < count; ++n) {
            workers_.push_back(std::make_unique<Worker>(
                town_, numbered("worker", workers_.size() + 1), kind_of(workers_.size())));
            hire(employer, *workers_.back());
        }
    }

    void hire_remitters(Employer& employer, std::size_t count) {
        for (std::size_t n = 0; n < count; ++n) {
            Consolidator& delivers_to = *consolidators_[remitters_.size() % consolidators_.size()];
            remitters_.push_back(
                std::make_unique<Remitter>(town_, numbered("remitter", remitters_.size() + 1),
                                           kind_of(remitters_.size()), delivers_to));
            hire(employer, *remitters_.back());
        }
    }

    void settle_users() {
        const std::uint32_t towns = std::max(world_.truth().parameters.blocks / 300, 1U);
        const std::uint32_t count = std::min(kUsersPer300Blocks * towns, kUsersMax);
        for (std::size_t n = 0; n < count; ++n)
            users_.push_back(std::make_unique<User>(town_, numbered("user", n + 1), kind_of(n)));
        for (const auto& user : users_) user->start(users_);
    }

    World& world_;
    Exchange exchange_;
    Town town_;
    std::vector<std::unique_ptr<MinerActor>> miners_;
    std::vector<std::unique_ptr<Shop>> shops_;
    std::vector<std::unique_ptr<ListedActor>> listed_;
    std::vector<std::pair<OwnerId, Address>> listed_addresses_;
    std::vector<std::unique_ptr<Consolidator>> consolidators_;
    std::vector<std::unique_ptr<Employer>> employers_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<std::unique_ptr<Remitter>> remitters_;
    std::vector<std::unique_ptr<User>> users_;
    std::unique_ptr<Mixing> mixing_;
    std::map<std::string, std::size_t> staff_of_;
};

}  // namespace

Expected<SimulationParameters> parameters_for(LedgerId ledger,
                                              std::uint64_t seed,
                                              std::uint32_t blocks) {
    if (ledger != LedgerId::btc_regtest && ledger != LedgerId::ltc_regtest)
        return fail(ErrorCode::invalid, "no blocks can be made for " +
                                            std::string(params(ledger).name) +
                                            "; choose btc-regtest or ltc-regtest");
    if (blocks == 0 || blocks > kBlocksMax)
        return fail(ErrorCode::invalid, "cannot make " + std::to_string(blocks) +
                                            " blocks; choose 1 to " + std::to_string(kBlocksMax));
    const std::int64_t story = blocks > kFirstStoryBlock ? blocks - kFirstStoryBlock : 1;
    SimulationParameters set;
    set.ledger = ledger;
    set.seed = seed;
    set.blocks = blocks;
    set.spacing_seconds = std::clamp(kStoryDays * kDay / story, kSpacingMin, kSpacingMax);
    set.story_from_height = kFirstStoryBlock;
    return set;
}

Truth simulate(const SimulationParameters& parameters, World::BlockSink sink) {
    World world(parameters, std::move(sink));
    Cast cast(world);
    for (std::uint32_t n = 0; n < parameters.blocks; ++n) {
        world.open_block();
        world.close_block(cast.next_reward_address());
    }
    return std::move(world.truth());
}

}  // namespace wagetrail::simulator
