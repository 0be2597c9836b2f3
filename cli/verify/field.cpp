#include "cli/verify/field.h"

#include "chain/base/number.h"

namespace wagetrail::verifier {
namespace {

const Json& nothing() {
    static const Json null;
    return null;
}

}  // namespace

Field Field::operator[](const char* key) const {
    const auto found = value_->is_object() ? value_->find(key) : value_->end();
    const bool is_there = value_->is_object() && found != value_->end();
    return {is_there ? *found : nothing(), path_ + "/" + key};
}

Field Field::item(std::size_t index) const {
    return {index < size() ? (*value_)[index] : nothing(), path_ + "/" + std::to_string(index)};
}

std::unexpected<Error> Field::wrong(const std::string& expected) const {
    return fail(ErrorCode::invalid, path_ + " is no " + expected);
}

Expected<std::string> Field::text() const {
    if (!value_->is_string()) return wrong("text");
    return value_->get<std::string>();
}

Expected<std::uint64_t> Field::number() const {
    if (!value_->is_number_unsigned()) return wrong("number");
    return value_->get<std::uint64_t>();
}

Expected<Amount> Field::units() const {
    const std::string digits = TRY(text());
    const auto number = parse_number(digits);
    if (!number || std::to_string(*number) != digits) return wrong("amount in base units");
    return Amount(*number);
}

Expected<Time> Field::time() const {
    auto time = parse_time(TRY(text()));
    if (!time) return wrong("time");
    return time;
}

Expected<Bytes> Field::hex() const {
    auto bytes = from_hex(TRY(text()));
    if (!bytes) return wrong("hexadecimal text");
    return *std::move(bytes);
}

Expected<OutPoint> Field::point() const {
    const std::string words = TRY(text());
    const auto colon = words.find(':');
    if (colon == std::string::npos) return wrong("TXID:VOUT");
    const auto txid = parse_hash<Txid>(words.substr(0, colon));
    const auto vout = parse_number(words.substr(colon + 1));
    if (!txid || !vout || *vout > 0xFFFFFFFF) return wrong("TXID:VOUT");
    return OutPoint{*txid, OutIndex(static_cast<std::uint32_t>(*vout))};
}

}  // namespace wagetrail::verifier
