#include "tests/unit/heuristics/trace/payout_scene.h"

#include <catch2/catch.hpp>

namespace wagetrail {
namespace {

using simulator::BuiltTx;
using simulator::operator""_coins;
using OutPoints = std::vector<OutPoint>;

constexpr std::int64_t kDay = 24 * 3600;

/// An employer with one coin, who pays bob 3, bob 3 again and carol 2.
struct Payday : PayoutScene {
    Payday() {
        const OutPoint coin = mined_by(who("employer"));
        pay = spend({coin}, {{who("bob"), 3_coins},
                             {who("bob"), 3_coins},
                             {who("carol"), 2_coins},
                             {who("employer"), 41_coins}});
        txid = text(pay.txid);
    }
    /// The header line, then the row.
    OutPoints row(const std::string& header, const std::string& cells) {
        return at(table(header + "\n" + cells + "\n"));
    }
    BuiltTx pay;
    std::string txid;
};

/// An employer who pays bob 3 in a block of that time.
struct DatedScene : PayoutScene {
    OutPoint pays_at(Time time, const std::string& payee = "bob") {
        const OutPoint coin = mined_by(who("employer"));
        return spend({coin}, {{who(payee), 3_coins}, {who("employer"), 46_coins}}, {.time = time})
            .out(0);
    }
    Expected<Payouts> asked(const std::string& date, const std::string& more = "") {
        return try_table("address,pay_date,amount\n" + text(who("bob")) + "," + date + "," + more +
                         "\n");
    }
};

Time time_of(std::string_view text) {
    const auto time = parse_time(text);
    REQUIRE(time);
    return *time;
}

}  // namespace

TEST_CASE("payout table: a row names its output, its payee and its line", "[trace][subjects]") {
    Payday day;
    const Payouts found = day.table("payee_id,tx_hash,vout\nw-2," + day.txid + ",2\nw-1," +
                                    day.txid + ",0\n," + day.txid + ",1\n");
    REQUIRE(day.at(found) == OutPoints{day.pay.out(0), day.pay.out(1), day.pay.out(2)});
    REQUIRE(found.found[0].subject == "w-1");
    REQUIRE(found.found[0].line == 3);
    REQUIRE(found.found[1].subject == "line 4");
    REQUIRE(found.found[2].line == 2);
}

TEST_CASE("payout table: columns by name, in any order and case", "[trace][subjects]") {
    Payday day;
    const OutPoints second{day.pay.out(1)};
    REQUIRE(day.row(" VOUT ,Memo,Tx_Hash", "1,\"a, \"\"b\"\"\"," + day.txid) == second);
    REQUIRE(day.row("txid", day.txid + ":1") == second);
    REQUIRE(day.row("\xEF\xBB\xBFtxid,vout", day.txid + ",1") == second);
    REQUIRE(day.row("txid,vout\r", day.txid + ",1\r") == second);
    REQUIRE(day.row("txid,vout", day.txid + ",1,and,more,cells") == second);
    REQUIRE(day.row("tx_hash,txid,vout", "," + day.txid + ",1") == second);
}

TEST_CASE("payout table: address and amount narrow a transaction", "[trace][subjects]") {
    Payday day;
    const std::string carol = text(day.who("carol"));
    REQUIRE(day.row("txid,address", day.txid + "," + carol) == OutPoints{day.pay.out(2)});
    REQUIRE(day.row("txid,amount", day.txid + ",2") == OutPoints{day.pay.out(2)});
    REQUIRE(day.row("txid,amount,currency", day.txid + ",2.00000000,btc") ==
            OutPoints{day.pay.out(2)});
    REQUIRE(day.row("txid,vout,address,amount", day.txid + ",2," + carol + ",2.0") ==
            OutPoints{day.pay.out(2)});
    // 2,000 of another currency say nothing about coins.
    REQUIRE(day.row("txid,address,amount,currency", day.txid + "," + carol + ",2000,USD") ==
            OutPoints{day.pay.out(2)});
}

TEST_CASE("payout table: a row that fits two outputs says how to choose", "[trace][subjects]") {
    Payday day;
    const std::string bob = text(day.who("bob"));
    for (const std::string& row :
         {"txid,address\n" + day.txid + "," + bob + "\n", "txid,amount\n" + day.txid + ",3\n"}) {
        const Error error = day.table_refusal(row);
        REQUIRE(error.code == ErrorCode::invalid);
        REQUIRE(error.what == "line 2: the row fits 2 outputs; add tx_hash and vout to say which");
    }
}

TEST_CASE("payout table: a txid alone is its one payout, without the change", "[trace][subjects]") {
    Payday day;
    REQUIRE(day.table_refusal("txid\n" + day.txid + "\n").what.find("fits 3 outputs") !=
            std::string::npos);
    const BuiltTx single =
        day.spend({day.pay.out(3)}, {{day.who("employer"), 30_coins}, {day.who("dave"), 10_coins}});
    REQUIRE(day.row("txid", text(single.txid)) == OutPoints{single.out(1)});
}

TEST_CASE("payout table: a row that contradicts the chain is refused", "[trace][subjects]") {
    Payday day;
    const std::string dave = text(day.who("dave"));
    for (const std::string& cells : {day.txid + ",0," + dave + ",", day.txid + ",0," + dave + ",2",
                                     day.txid + ",," + dave + ",", day.txid + ",,,0"}) {
        INFO(cells);
        const Error error = day.table_refusal("txid,vout,address,amount\n" + cells + "\n");
        REQUIRE(error.code == ErrorCode::invalid);
        REQUIRE(error.what == "line 2: transaction " + day.txid +
                                  " has no output with this address, amount and vout");
    }
    // Output 4 is one behind the last.
    const Error error = day.table_refusal("txid,vout\n" + day.txid + ",4\n");
    REQUIRE(error.code == ErrorCode::invalid);
    REQUIRE(error.what == "line 2: transaction " + day.txid + " has no output 4");
}

TEST_CASE("payout table: a wrong amount alone is shown beside the right one", "[trace][subjects]") {
    Payday day;
    const std::string carol = text(day.who("carol"));
    for (const auto& [cells, said] : {std::pair{day.txid + ",2,,9.9", "9.9"},
                                      std::pair{day.txid + ",2,,2.00000001", "2.00000001"},
                                      std::pair{day.txid + ",2," + carol + ",3", "3"}}) {
        INFO(cells);
        const Error error = day.table_refusal("txid,vout,address,amount\n" + cells + "\n");
        REQUIRE(error.code == ErrorCode::invalid);
        REQUIRE(error.what ==
                "line 2: output 2 pays 2.00000000, the row says " + std::string(said));
    }
}

TEST_CASE("payout table: an amount of another currency identifies nothing", "[trace][subjects]") {
    Payday day;
    const std::string header = "txid,vout,amount,currency\n" + day.txid;
    REQUIRE(day.at(day.table(header + ",2,9.9,USD\n")) == OutPoints{day.pay.out(2)});
    // The same amount in coins is carol's.
    REQUIRE(day.at(day.table(header + ",,2,BTC\n")) == OutPoints{day.pay.out(2)});
    REQUIRE(day.table_refusal(header + ",,2,USD\n").what ==
            "line 2: the row fits 3 outputs, and its amount cannot tell them apart: it is in USD, "
            "not in BTC; add tx_hash and vout to say which");
    REQUIRE(day.table_refusal(header + ",,,USD\n").what ==
            "line 2: the row fits 3 outputs; add tx_hash and vout to say which");
}

TEST_CASE("payout table: an output belongs to one row", "[trace][subjects]") {
    Payday day;
    const Error error = day.table_refusal("txid,vout\n" + day.txid + ",0\n" + day.txid + ",1\n" +
                                          day.txid + ",0\n");
    REQUIRE(error.code == ErrorCode::invalid);
    REQUIRE(error.what == "line 4: the output was named by line 2 already");
}

TEST_CASE("payout table: what is not on this ledger is reported, not refused",
          "[trace][subjects]") {
    Payday day;
    const std::string unseen(64, 'a');
    const Payouts found =
        day.table("payee_id,chain,txid,vout,address,pay_date\nw-1,," + unseen +
                  ",0,,\nw-2,eth,0xnot-even-a-txid,,,\nw-3,btc-regtest," + day.txid +
                  ",0,,\nw-4,BTC,,," + text(day.who("nobody")) + ",2024-01-01\n");
    REQUIRE(day.at(found) == OutPoints{day.pay.out(0)});
    REQUIRE(found.missing.size() == 3);
    REQUIRE(found.missing[0].line == 2);
    REQUIRE(found.missing[0].subject == "w-1");
    REQUIRE(found.missing[0].why == "transaction " + unseen + " is not there");
    REQUIRE(found.missing[1].line == 3);
    REQUIRE(found.missing[1].why == "it is of another ledger (eth)");
    REQUIRE(found.missing[2].why == text(day.who("nobody")) + " was never seen");
}

TEST_CASE("payout table: a pay date fits blocks from a day before to a day after",
          "[trace][subjects]") {
    const Time first = time_of("2024-03-14");
    for (const auto& [time, fits] :
         {std::pair{Time{first.seconds - 1}, false}, std::pair{first, true},
          std::pair{Time{first.seconds + 3 * kDay - 1}, true},
          std::pair{Time{first.seconds + 3 * kDay}, false}}) {
        DatedScene scene;
        const OutPoint wage = scene.pays_at(time);
        const auto found = scene.asked("2024-03-15");
        REQUIRE(found);
        INFO(time.seconds - first.seconds);
        REQUIRE(scene.at(*found) == (fits ? OutPoints{wage} : OutPoints{}));
        if (fits) continue;
        REQUIRE(found->missing.size() == 1);
        REQUIRE(found->missing[0].why ==
                "no such payment to " + text(scene.who("bob")) + " around 2024-03-15");
    }
}

TEST_CASE("payout table: an amount tells payments of one date apart", "[trace][subjects]") {
    DatedScene scene;
    const OutPoint wage = scene.pays_at(time_of("2024-03-15T09:00:00Z"));
    const OutPoint coin = scene.mined_by(scene.who("employer"));
    const BuiltTx bonus = scene.spend({coin}, {{scene.who("bob"), 1_coins}});
    const auto either = scene.asked("2024-03-15");
    REQUIRE_FALSE(either);
    REQUIRE(either.error().what.find("fits 2 outputs") != std::string::npos);
    REQUIRE(scene.at(*scene.asked("2024-03-15", "3")) == OutPoints{wage});
    REQUIRE(scene.at(*scene.asked("2024-03-15", "1")) == OutPoints{bonus.out(0)});
    REQUIRE(scene.asked("2024-03-15", "2")->missing.size() == 1);
}

TEST_CASE("payout table: what the payee sent on that day is no payout to it", "[trace][subjects]") {
    DatedScene scene;
    const OutPoint wage = scene.pays_at(time_of("2024-03-01"));
    scene.chain.block({}, {.time = time_of("2024-03-15")});
    scene.spend({wage}, {{scene.who("shop"), 2_coins}});
    const auto found = scene.asked("2024-03-15");
    REQUIRE(found);
    REQUIRE(found->found.empty());
}

TEST_CASE("payout table: malformed tables are refused with their line", "[trace][subjects]") {
    Payday day;
    const std::string bob = text(day.who("bob"));
    const std::string row = day.txid + ",0";
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "the table is empty"},
        {"\xEF\xBB\xBF", "the table is empty"},
        {"payee,amount\nx,1\n", "line 1: the header needs tx_hash"},
        {"txid;vout\n" + day.txid + ";0\n",
         "line 1: the columns of a table are separated by commas"},
        {"txid,vout\n", "there is no payout in it"},
        {"txid,vout\n\n \n", "there is no payout in it"},
        {"address\n" + bob + "\n", "line 1: the header needs tx_hash"},
        {"txid,vout\n" + row + "\nzz,0\n", "line 3: \"zz\" is not a txid"},
        {"txid,vout\n" + day.txid + ",-1\n", "line 2: \"-1\" is not an output index"},
        {"txid,vout\n" + day.txid + ",1.0\n", "line 2: \"1.0\" is not an output index"},
        {"txid,vout\n" + day.txid + ",18446744073709551616\n", "line 2: "},
        {"txid\n" + day.txid + ":x\n", "line 2: \"x\" is not an output index"},
        {"txid,amount\n" + day.txid + ",-1\n", "line 2: "},
        {"txid,amount\n" + day.txid + ",1e5\n", "line 2: "},
        {"txid,amount\n" + day.txid + ",0.000000001\n", "line 2: "},
        {"txid,amount\n" + day.txid + ",99999999999999999999\n", "line 2: "},
        {"address,pay_date\n" + bob + ",\n", "line 2: the row has no tx_hash, nor address"},
        {"address,pay_date\n" + bob + ",15.03.2024\n", "line 2: "},
        {"address,pay_date\n" + bob + ",2024-02-30\n", "line 2: "},
        {"address,pay_date\nnobody,2024-03-15\n", "line 2: "},
        {"address,pay_date\n12cbQLTFMXRnSzktFkuoG3eHoMeFtpTu3S,2024-03-15\n", "line 2: "},
        {"txid,vout\n\"" + row + "\n", "line 3, column 1: the text ends within a quoted field"},
        {"txid,vout\n" + std::string(16'000, 'a') + ",0\n", "line 2: \"aaaa"},
        {"txid,vout\n" + std::string(100'000, 'a') + ",0\n", "line 2, column 16385: "},
    };
    for (const auto& [csv, expected] : cases) {
        INFO(csv.substr(0, 200));
        const Error error = day.table_refusal(csv);
        INFO(error.what.substr(0, 200));
        REQUIRE(error.code == ErrorCode::invalid);
        REQUIRE(error.what.find(expected) == 0);
        REQUIRE(error.what.size() < 500);
    }
}

TEST_CASE("payout table: empty lines are no payouts", "[trace][subjects]") {
    Payday day;
    REQUIRE(day.row("txid,vout", "\n" + day.txid + ",0\n") == OutPoints{day.pay.out(0)});
}

TEST_CASE("payout table: not more payouts than the scope allows", "[trace][subjects]") {
    Payday day;
    const std::string two = "txid,vout\n" + day.txid + ",0\n" + day.txid + ",1\n";
    day.scope.payouts_max = 2;
    REQUIRE(day.table(two).found.size() == 2);
    day.scope.payouts_max = 1;
    const Error error = day.table_refusal(two);
    REQUIRE(error.code == ErrorCode::limit);
    REQUIRE(error.what == "line 3: more than 1 payouts; split the table");
}

}  // namespace wagetrail
