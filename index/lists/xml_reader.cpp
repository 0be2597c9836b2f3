#include "index/lists/xml_reader.h"

#include <expat.h>

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>

namespace wagetrail::lists {
namespace {

constexpr std::size_t kDepthMax = 64;
constexpr std::size_t kTextBytesMax = 64 * 1024;
constexpr std::int64_t kTokenBytesMax = 1 << 20;
// Below the bound on tokens, so that the bound is looked at often enough.
constexpr std::size_t kPieceBytes = 64 * 1024;

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
    for (const char* const* at = pairs_; at[0] != nullptr; at += 2)
        if (local_name(at[0]) == name) return at[1];
    return {};
}

std::string_view XmlAttributes::declared_namespace() const {
    std::string_view prefixed;
    for (const char* const* at = pairs_; at[0] != nullptr; at += 2) {
        const std::string_view name = at[0];
        const std::string_view value = at[1];
        if (name == "xmlns") return value;
        const bool foreign = value.starts_with("http://www.w3.org/");
        if (name.starts_with("xmlns:") && prefixed.empty() && !foreign) prefixed = value;
    }
    return prefixed;
}

struct XmlReader::Parser {
    struct Free {
        void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
    };

    explicit Parser(Sinks to) : sinks(std::move(to)), expat(XML_ParserCreate(nullptr)) {
        CHECK(expat != nullptr);
        XML_SetUserData(expat.get(), this);
        XML_SetElementHandler(expat.get(), on_start, on_end);
        XML_SetCharacterDataHandler(expat.get(), on_text);
        XML_SetStartDoctypeDeclHandler(expat.get(), on_doctype);
    }

    void stop(Error with) {
        if (error) return;
        error = std::move(with);
        XML_StopParser(expat.get(), XML_FALSE);
    }
    void stop(std::string what) { stop(Error{ErrorCode::invalid, std::move(what)}); }

    static void on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
        Parser& parser = *static_cast<Parser*>(self);
        if (parser.error) return;
        if (++parser.depth > kDepthMax) return parser.stop("elements nested deeper than 64");
        parser.text.clear();
        auto done = parser.sinks.start(local_name(name), XmlAttributes(attributes));
        if (!done) parser.stop(std::move(done).error());
    }
    static void on_end(void* self, const XML_Char* name) {
        Parser& parser = *static_cast<Parser*>(self);
        if (parser.error) return;
        --parser.depth;
        auto done = parser.sinks.end(local_name(name), parser.text);
        if (!done) parser.stop(std::move(done).error());
        parser.text.clear();
    }
    static void on_text(void* self, const XML_Char* text, int size) {
        Parser& parser = *static_cast<Parser*>(self);
        if (parser.error) return;
        parser.text.append(text, static_cast<std::size_t>(size));
        if (parser.text.size() > kTextBytesMax) parser.stop("text longer than 64 KiB");
    }
    static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
        static_cast<Parser*>(self)->stop(
            "a DOCTYPE, which no sanctions list has and which could define entities; refused");
    }

    [[nodiscard]] std::string place() const {
        return "line " + std::to_string(XML_GetCurrentLineNumber(expat.get())) + ", column " +
               std::to_string(XML_GetCurrentColumnNumber(expat.get()) + 1);
    }

    Expected<void> parse(std::string_view piece, bool last) {
        const auto status = XML_Parse(expat.get(), piece.data(), static_cast<int>(piece.size()),
                                      last ? XML_TRUE : XML_FALSE);
        if (error) return with_context(*error, place());
        if (status != XML_STATUS_OK)
            return fail(ErrorCode::invalid,
                        place() + ": " + XML_ErrorString(XML_GetErrorCode(expat.get())));
        taken += static_cast<std::int64_t>(piece.size());
        const std::int64_t pending =
            taken - std::max<std::int64_t>(XML_GetCurrentByteIndex(expat.get()), 0);
        if (!last && pending > kTokenBytesMax)
            return fail(ErrorCode::invalid, place() + ": a tag or comment longer than 1 MiB");
        return {};
    }

    Sinks sinks;
    std::unique_ptr<std::remove_pointer_t<XML_Parser>, Free> expat;
    std::optional<Error> error;  // the first one, of a sink or of a bound
    std::string text;
    std::size_t depth = 0;
    std::int64_t taken = 0;
};

XmlReader::XmlReader(Sinks sinks) : parser_(std::make_unique<Parser>(std::move(sinks))) {}

XmlReader::~XmlReader() = default;

Expected<void> XmlReader::feed(std::string_view piece) {
    while (!piece.empty()) {
        const std::size_t size = std::min(piece.size(), kPieceBytes);
        TRY(parser_->parse(piece.substr(0, size), false));
        piece.remove_prefix(size);
    }
    return {};
}

Expected<void> XmlReader::finish() {
    return parser_->parse({}, true);
}

}  // namespace wagetrail::lists
