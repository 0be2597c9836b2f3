// Draws beside a node of a picture whom it dealt with, whatever the trace says.
#pragma once

#include "heuristics/question/picture_names.h"
#include "heuristics/question/picture_question.h"
#include "heuristics/report/picture/sketch.h"

#include <stop_token>

namespace wagetrail::question {

class ContactDrawing {
  public:
    /// All borrowed.
    ContactDrawing(const index::LedgerView& view,
                   Clusters& clusters,
                   HolderNames& names,
                   report::Sketch& sketch)
        : view_(view), clusters_(clusters), names_(names), sketch_(sketch) {}

    /// node: an index of the sketch, at the level that it is of. True when not all were looked at.
    [[nodiscard]] Expected<bool> open(std::size_t node,
                                      report::PictureLevel level,
                                      const OpenedNode& opened,
                                      const std::stop_token& stop);

  private:
    [[nodiscard]] Expected<bool> holders(std::size_t node,
                                         bool entities,
                                         const OpenedNode& opened,
                                         const std::stop_token& stop);
    [[nodiscard]] Expected<void> transactions(std::size_t node, const OpenedNode& opened);
    [[nodiscard]] Expected<void> join(std::size_t node,
                                      std::size_t other,
                                      NeighborSide side,
                                      const Neighbor& dealt);
    [[nodiscard]] Expected<Time> time_at(Height height) const;

    const index::LedgerView& view_;
    Clusters& clusters_;
    HolderNames& names_;
    report::Sketch& sketch_;
};

}  // namespace wagetrail::question
