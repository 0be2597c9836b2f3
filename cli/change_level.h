// Level L2 on the command line: where its threshold comes from. It is off unless a card of
// `calibrate` or --threshold says by how many votes change has to win.
#pragma once

#include "heuristics/change/overlay.h"
#include "heuristics/report/envelope.h"

#include "cli/session.h"
#include "cli/tables.h"

#include <optional>

namespace wagetrail::cli {

/// Whether --level asks for L2. The ledger itself is then opened at L1, which L2 stands on.
[[nodiscard]] bool asks_for_change(const CommonOptions& common);
/// The same options at L1.
[[nodiscard]] CommonOptions below_change(const CommonOptions& common);

/// All that an answer at L2 needs. Borrows the view; members borrow each other, so it stays where
/// it was made.
class ChangeLevel {
    struct Key {};  // so that only open() makes one

  public:
    ChangeLevel(Key, const OpenLedger& open) : clusters_(*open.view), manifest_(open.manifest()) {}
    [[nodiscard]] static Expected<std::unique_ptr<ChangeLevel>> open(
        const CommonOptions& common, const OpenLedger& open, const ChangeLevelOptions& options);

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

}  // namespace wagetrail::cli
