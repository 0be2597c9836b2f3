// Level L2: where its threshold comes from. It is off unless a card of
// `calibrate` or --threshold says by how many votes change has to win.
#pragma once

#include "heuristics/change/overlay.h"
#include "heuristics/question/open_ledger.h"
#include "heuristics/question/tables.h"
#include "heuristics/report/envelope.h"

#include <memory>
#include <optional>
#include <string>

namespace wagetrail::question {

/// Whether the level asked for is L2. The ledger itself is then opened at L1, which L2 stands on.
[[nodiscard]] bool asks_for_change(const Pins& pins);
/// The same pins at L1.
[[nodiscard]] Pins below_change(const Pins& pins);

/// What level L2 needs besides a card.
struct ChangeLevelOptions {
    std::string card;        // empty: where `calibrate` leaves it
    unsigned threshold = 0;  // votes; 0: the card's
    std::string services;    // CSV of labelled service addresses
    std::string prices;      // CSV of dollars per coin by day
};

/// All that an answer at L2 needs. Borrows the view; members borrow each other, so it stays where
/// it was made.
class ChangeLevel {
    struct Key {};  // so that only open() makes one

  public:
    ChangeLevel(Key, const OpenLedger& open) : clusters_(*open.view), manifest_(open.manifest()) {}
    [[nodiscard]] static Expected<std::unique_ptr<ChangeLevel>> open(
        Home& home, const OpenLedger& open, const ChangeLevelOptions& options);

    [[nodiscard]] ChangeOverlay& overlay() { return *overlay_; }
    /// The opened ledger's with the pins of this level.
    [[nodiscard]] const report::Manifest& manifest() const { return manifest_; }

  private:
    Clusters clusters_;
    NamedFiles files_;
    LabelledServices services_;
    PriceTable prices_;
    report::Manifest manifest_;
    std::optional<ChangeOverlay> overlay_;
};

}  // namespace wagetrail::question
