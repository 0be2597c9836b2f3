// Who is at the other ends of a subject's money. What all subjects share - lists, labels, places,
// prices - is opened once; then each is asked by itself.
#pragma once

#include "heuristics/question/answered.h"
#include "heuristics/question/named_files.h"
#include "heuristics/question/open_ledger.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace wagetrail::question {

struct ExposureOptions {
    std::vector<std::string> policies = {"fifo", "haircut"};
    std::uint32_t max_hops = 10;
    std::string min_value = "0";
    std::string dust = "0.00001";
    std::uint64_t max_transactions = 20'000;
    std::string services;  // file
    std::string prices;    // file; empty: those imported
    bool details = false;
    friend bool operator==(const ExposureOptions&, const ExposureOptions&) = default;
};

struct ExposureGround;  // what is opened once

/// Not thread-safe. Borrows the home.
class ExposureDesk {
  public:
    [[nodiscard]] static Expected<ExposureDesk> open(Home& home,
                                                     const Pins& pins,
                                                     LedgerId ledger,
                                                     const ExposureOptions& options,
                                                     NamedFiles files = {});
    ExposureDesk(ExposureDesk&&) noexcept;
    ExposureDesk& operator=(ExposureDesk&&) noexcept;
    ExposureDesk(const ExposureDesk&) = delete;
    ExposureDesk& operator=(const ExposureDesk&) = delete;
    ~ExposureDesk();

    /// invalid: the word is no subject. Found: a listed party or an abuse is among them.
    [[nodiscard]] Expected<Answered> ask(const std::string& subject, const std::stop_token& stop);

  private:
    explicit ExposureDesk(std::unique_ptr<ExposureGround> ground);
    std::unique_ptr<ExposureGround> ground_;
};

}  // namespace wagetrail::question
