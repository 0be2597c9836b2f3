#include "index/lists/sdn_xml.h"

#include "chain/base/number.h"

#include "index/lists/list_date.h"
#include "index/lists/printable.h"

#include <utility>

namespace wagetrail::lists {
namespace {

std::string full_name(const std::string& last, const std::string& first) {
    return last.empty() || first.empty() ? last + first : last + " " + first;
}

}  // namespace

SdnXmlParser::SdnXmlParser()
    : reader_(
          {.start = [this](std::string_view element,
                           const XmlAttributes& attributes) { return start(element, attributes); },
           .end = [this](std::string_view element,
                         std::string_view text) { return end(element, text); }}) {}

Expected<void> SdnXmlParser::start(std::string_view element, const XmlAttributes& attributes) {
    if (path_.empty()) {
        if (element != "sdnList")
            return fail(ErrorCode::invalid, "the root element is <" +
                                                printable_line(element.substr(0, 60)) +
                                                ">, not <sdnList>: this is not OFAC's sdn.xml");
        file_.xml_namespace =
            printable_line(attributes.declared_namespace().substr(0, kNameBytesMax));
    }
    path_.emplace_back(element);  // XmlReader bounds the depth
    if (element == "sdnEntry" && path_.size() == 2) {
        if (++file_.party_count > kPartiesMax)
            return fail(ErrorCode::limit, "more parties than any list has");
        party_ = Party{};
    }
    if (element == "aka") alias_ = {};
    if (element == "id") id_type_ = id_number_ = "";
    return {};
}

Expected<void> SdnXmlParser::end(std::string_view element, std::string_view text) {
    path_.pop_back();
    if (party_) return end_in_party(element, text);
    if (!path_.empty() && path_.back() == "publshInformation")
        return end_publication(element, trimmed(text));
    return {};
}

Expected<void> SdnXmlParser::end_publication(std::string_view element, std::string_view text) {
    if (element == "Publish_Date") {
        const auto date = parse_date(text, DateForm::month_day_year);
        if (!date) return with_context(date.error(), "Publish_Date");
        file_.published = *date;
    } else if (element == "Record_Count") {
        records_stated_ = parse_number(text);
        if (!records_stated_)
            return fail(ErrorCode::invalid,
                        "Record_Count is not a number: " + printable_line(text.substr(0, 40)));
    }
    return {};
}

Expected<void> SdnXmlParser::end_in_party(std::string_view element, std::string_view text) {
    const std::string& parent = path_.back();
    const bool own = parent == "sdnEntry";
    Name& name = own ? party_->name : alias_;
    if (own || parent == "aka") {
        if (element == "lastName") name.last = TRY(bounded_name(text));
        if (element == "firstName") name.first = TRY(bounded_name(text));
    }
    if (own && element == "uid") party_->id = TRY(bounded_name(text));
    if (parent == "programList" && element == "program" && party_->programs.size() < kProgramsMax)
        party_->programs.insert(TRY(bounded_name(text)));
    if (parent == "akaList" && element == "aka" && party_->aliases.size() < kAliasesMax)
        party_->aliases.insert(full_name(alias_.last, alias_.first));
    if (parent == "id" && element == "idType") id_type_ = printable_line(text.substr(0, 256));
    if (parent == "id" && element == "idNumber") id_number_ = printable_line(text);
    if (element == "id") return end_identity();
    if (element == "sdnEntry") return end_party();
    return {};
}

Expected<void> SdnXmlParser::end_identity() {
    if (!std::string_view(id_type_).starts_with(kOfacAddressPrefix)) return {};
    const std::string ticker = id_type_.substr(kOfacAddressPrefix.size());
    if (id_number_.size() > kAddressBytesMax)
        return fail(ErrorCode::invalid, "an address longer than 256 bytes");
    if (id_number_.empty())
        file_.warn("party " + party_->id + ": a " + std::string(kOfacAddressPrefix) + ticker +
                   " without text");
    else
        party_->entries.push_back({.text = id_number_, .ticker = ticker});
    return {};
}

Expected<void> SdnXmlParser::end_party() {
    Party party = *std::exchange(party_, std::nullopt);
    const std::string name = full_name(party.name.last, party.name.first);
    party.aliases.erase(name);
    party.aliases.erase("");
    return file_.add({.id = party.id,
                      .name = name,
                      .programs = {party.programs.begin(), party.programs.end()},
                      .designation = Designation::missing},
                     {party.aliases.begin(), party.aliases.end()}, std::move(party.entries));
}

Expected<ListFile> SdnXmlParser::finish() {
    TRY(reader_.finish());
    if (file_.party_count == 0)
        return fail(ErrorCode::invalid, "the document names no party at all");
    if (records_stated_ && *records_stated_ != file_.party_count)
        return fail(ErrorCode::invalid,
                    "the file states " + std::to_string(*records_stated_) + " records and has " +
                        std::to_string(file_.party_count) + "; it is not complete, fetch it again");
    file_.warn(
        "sdn.xml does not say when its parties were designated: import sdn_advanced.xml of "
        "the same list, too");
    file_.tell_left_out();
    return std::move(file_);
}

}  // namespace wagetrail::lists
