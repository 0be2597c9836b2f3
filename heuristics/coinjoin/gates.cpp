#include "heuristics/coinjoin/gates.h"

namespace wagetrail {

CoinjoinGates coinjoin_gates(LedgerId ledger) {
    switch (ledger) {
        case LedgerId::btc:
            // Heights of Dumplings' scanner (nopara73/Dumplings, crocs-muni's fork); JoinMarket's
            // first release is of January 2015, block 336,861 the first of that year.
            return {.wasabi1 = Height(530'500),
                    .wasabi2 = Height(741'213),
                    .whirlpool = Height(570'000),
                    .joinmarket = Height(336'861)};
        case LedgerId::btc_regtest:
        case LedgerId::ltc_regtest:
            return {.wasabi1 = Height(0),
                    .wasabi2 = Height(0),
                    .whirlpool = Height(0),
                    .joinmarket = Height(0)};
        case LedgerId::ltc:
            return {};
    }
    return {};
}

}  // namespace wagetrail
