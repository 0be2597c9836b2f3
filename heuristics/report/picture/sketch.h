// A picture while it is drawn: nodes and edges come into being as they are named.
#pragma once

#include "heuristics/report/picture/picture.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>

namespace wagetrail::report {

class Sketch {
  public:
    /// Goes on with what is drawn already.
    explicit Sketch(Picture picture);

    /// The node of that id, made of `like` when it is new.
    std::size_t node(PictureNode like);
    /// nullopt: none has that id.
    [[nodiscard]] std::optional<std::size_t> find(const std::string& id) const;
    [[nodiscard]] PictureNode& at(std::size_t node) { return picture_.nodes.at(node); }
    /// The one edge of that kind between two nodes; valid until the next is made.
    PictureEdge& edge(std::size_t from, std::size_t to, EdgeKind kind);
    /// Value of payouts went that way.
    void pass(std::size_t from, std::size_t to, EdgeOutput output);

    /// Outputs of each edge in chain order.
    [[nodiscard]] Picture done() &&;

  private:
    Picture picture_;
    std::map<std::string, std::size_t> nodes_;
    std::map<std::tuple<std::size_t, std::size_t, EdgeKind>, std::size_t> edges_;
    std::map<std::tuple<std::size_t, std::size_t, OutPoint>, std::size_t> outputs_;  // of edges
};

}  // namespace wagetrail::report
