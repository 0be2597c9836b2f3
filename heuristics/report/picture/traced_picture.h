// Draws the walks of one question, one under each policy, as one picture.
#pragma once

#include "heuristics/report/picture/picture.h"
#include "heuristics/report/trace_report.h"

#include <functional>
#include <span>
#include <string>

namespace wagetrail::report {

/// Who holds an address at the level of the picture.
struct Holder {
    std::string id;       // the address, or the entity
    std::string address;  // that names it
};

/// What the picture needs to know beyond the walks.
struct PictureNames {
    std::function<Expected<Holder>(const std::string& address)> holder;
    /// Of a transaction that made payouts: the address that put the most into it; empty: nobody
    /// did.
    std::function<Expected<std::string>(const TxPosition& tx)> payer;
};

/// Every policy must conserve, and every trace be walked with its steps.
[[nodiscard]] Expected<Picture> traced_picture(std::span<const PolicyTrace> traces,
                                               PictureLevel level,
                                               const PictureNames& names);

}  // namespace wagetrail::report
