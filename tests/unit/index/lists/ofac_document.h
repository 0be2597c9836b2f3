// A small sdn_advanced.xml for tests, with numbers unlike OFAC's, so that nothing can depend on
// them.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace wagetrail::lists {

struct OfacParty {
    std::string id;
    std::string name;
    std::string designated;  // "2023-04-24"; empty: no sanctions entry
    std::vector<std::pair<std::string, std::string>> addresses = {};  // ticker, text
    std::string program = "DPRK3";
};

struct OfacDocument {
    std::string issued = "2025-10-14";
    std::vector<OfacParty> parties = {};
    std::string prefix = {};  // of every element: "sdn:"
    std::string xmlns = "https://example.org/ADVANCED_XML";
    std::string declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

    [[nodiscard]] std::string text() const {
        std::string body =
            declaration + open("Sanctions", prefix.empty() ? " xmlns=\"" + xmlns + "\""
                                                           : " xmlns:sdn=\"" + xmlns + "\"");
        body += open("DateOfIssue") + date(issued) + close("DateOfIssue");
        body += open("ReferenceValueSets") + references() + close("ReferenceValueSets");
        body += open("DistinctParties");
        for (const OfacParty& party : parties) body += distinct_party(party);
        body += close("DistinctParties") + open("SanctionsEntries");
        for (const OfacParty& party : parties)
            if (!party.designated.empty()) body += entries(party);
        return body + close("SanctionsEntries") + close("Sanctions") + "\n";
    }

  private:
    [[nodiscard]] std::string open(const std::string& name, const std::string& rest = "") const {
        return "<" + prefix + name + rest + ">";
    }
    [[nodiscard]] std::string close(const std::string& name) const {
        return "</" + prefix + name + ">";
    }
    [[nodiscard]] std::string element(const std::string& name,
                                      const std::string& attributes,
                                      const std::string& text) const {
        return open(name, attributes) + text + close(name);
    }
    [[nodiscard]] std::string date(const std::string& iso) const {
        // OFAC writes months and days without zeros.
        return element("Year", "", iso.substr(0, 4)) +
               element("Month", "", std::to_string(std::stoi(iso.substr(5, 2)))) +
               element("Day", "", std::to_string(std::stoi(iso.substr(8, 2))));
    }
    [[nodiscard]] std::vector<std::string> tickers() const {
        std::vector<std::string> out;
        for (const OfacParty& party : parties)
            for (const auto& [ticker, text] : party.addresses) out.push_back(ticker);
        return out;
    }
    [[nodiscard]] std::string references() const {
        std::string out = element("DocNameStatus", " ID=\"8\"", "Primary Latin") +
                          element("DocNameStatus", " ID=\"9\"", "Others") +
                          element("List", " ID=\"70\"", "SDN List") +
                          element("List", " ID=\"71\"", "Consolidated List") +
                          element("SanctionsType", " ID=\"60\"", "Block") +
                          element("SanctionsType", " ID=\"61\"", "Program") +
                          element("FeatureType", " ID=\"1\"", "Website");
        for (const std::string& ticker : tickers())
            out += element("FeatureType", " ID=\"f" + ticker + "\"",
                           "Digital Currency Address - " + ticker);
        return out;
    }
    [[nodiscard]] std::string name(const OfacParty& party) const {
        const auto documented = [&](const std::string& status, const std::string& text) {
            return element("DocumentedName", " DocNameStatusID=\"" + status + "\"",
                           element("DocumentedNamePart", "", element("NamePartValue", "", text)));
        };
        return element("Identity", " Primary=\"true\"",
                       element("Alias", " Primary=\"false\"", documented("8", "An Alias")) +
                           element("Alias", " Primary=\"true\"",
                                   documented("9", "Other Script") + documented("8", party.name)));
    }
    [[nodiscard]] std::string feature(const std::string& type, const std::string& text) const {
        return element("Feature", " FeatureTypeID=\"" + type + "\"",
                       element("FeatureVersion", "",
                               element("Comment", "", "") +
                                   element("VersionDetail", " DetailTypeID=\"5\"", text)));
    }
    [[nodiscard]] std::string distinct_party(const OfacParty& party) const {
        std::string features = feature("1", "www.example.org");
        for (const auto& [ticker, text] : party.addresses) features += feature("f" + ticker, text);
        return element("DistinctParty", " FixedRef=\"" + party.id + "\"",
                       element("Profile", " ID=\"p" + party.id + "\"", name(party) + features));
    }
    [[nodiscard]] std::string entry(const OfacParty& party,
                                    const std::string& list,
                                    const std::string& iso) const {
        return element(
            "SanctionsEntry", " ProfileID=\"p" + party.id + "\" ListID=\"" + list + "\"",
            element("EntryEvent", "", element("Comment", "", "") + element("Date", "", date(iso))) +
                element("SanctionsMeasure", " SanctionsTypeID=\"60\"", "") +
                element("SanctionsMeasure", " SanctionsTypeID=\"61\"",
                        element("Comment", "", party.program)));
    }
    [[nodiscard]] std::string entries(const OfacParty& party) const {
        // An older entry of another list is not the designation.
        return entry(party, "71", "2001-01-01") + entry(party, "70", party.designated);
    }
};

}  // namespace wagetrail::lists
