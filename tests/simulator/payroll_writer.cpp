#include "tests/simulator/payroll_writer.h"

#include <ostream>

namespace wagetrail::simulator {

void write_payroll(std::ostream& out, const Truth& truth, std::optional<OwnerId> employer) {
    const LedgerParams& ledger = params(truth.parameters.ledger);
    out << "payee_id,chain,asset,address,memo,amount,currency,pay_date,tx_hash,vout,rail,"
           "employer_wallet,invoice_id\n";
    for (const PayrollRow& row : truth.payroll) {
        if (employer && row.payee.employer != *employer) continue;
        out << row.payee.payee_id << ',' << ledger.name << ',' << ledger.symbol << ','
            << text(row.payee.address) << ",," << decimal_text(row.amount, ledger.decimals) << ','
            << ledger.symbol << ',' << date_text(row.paid) << ',' << text(row.output.txid) << ','
            << row.output.vout.value << ",direct," << text(row.employer_wallet) << ','
            << truth.owner(row.payee.employer).name << "-cycle-" << row.cycle << '\n';
    }
}

}  // namespace wagetrail::simulator
