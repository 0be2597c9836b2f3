// Whether lists name an address, and which lists there are.
#pragma once

#include "chain/base/time.h"

#include "index/lists/text_view.h"

#include "heuristics/question/answered.h"
#include "heuristics/question/home.h"
#include "heuristics/question/pins.h"

#include <string>

namespace wagetrail::question {

struct ListsCheckOptions {
    std::string address;
    std::string on;    // date or time; empty: the moment asked about
    std::string list;  // empty: all
};

/// The question, understood.
struct ListsCheck {
    std::string address;
    std::string key;  // lists::ListedAddress::key of it
    Time on;
    lists::ViewRequest pins;
};

/// now: what as_of and known_at mean when they were left open. invalid: the text is an address of
/// no form we know, or a time is none or in the future.
[[nodiscard]] Expected<ListsCheck> lists_check(const Pins& pins,
                                               const ListsCheckOptions& options,
                                               Time now);
/// view: at the pins of the question. Found: listed then. Open: unknown.
[[nodiscard]] Answered check_address(const lists::TextView& view, const ListsCheck& check);
/// Both, of a home whose registry is opened for it; not_found when there is none.
[[nodiscard]] Expected<Answered> check_address(const Home& home,
                                               const Pins& pins,
                                               const ListsCheckOptions& options,
                                               Time now);

/// Of one list, or of all when the name is empty.
[[nodiscard]] Expected<Answered> list_snapshots(const Home& home, const std::string& name);

}  // namespace wagetrail::question
