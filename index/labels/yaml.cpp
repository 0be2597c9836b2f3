#include "index/labels/yaml.h"

#include <yaml.h>

#include <set>
#include <utility>

namespace wagetrail::labels {
namespace {

constexpr std::size_t kDepthMax = 32;
constexpr std::size_t kScalarBytesMax = 64 * 1024;
constexpr std::size_t kNodesMax = 2'000'000;

yaml_char_t* bytes_of(std::string& text) {
    return reinterpret_cast<yaml_char_t*>(text.data());
}

class Event {
  public:
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    Event(Event&&) = delete;
    Event& operator=(Event&&) = delete;
    ~Event() { yaml_event_delete(&event); }

    yaml_event_t event{};
};

class Reader {
  public:
    explicit Reader(std::string_view text) {
        CHECK(yaml_parser_initialize(&parser_) == 1);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                     text.size());
        yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    Reader(Reader&&) = delete;
    Reader& operator=(Reader&&) = delete;
    ~Reader() { yaml_parser_delete(&parser_); }

    Expected<YamlNode> read();

  private:
    Expected<bool> take(const yaml_event_t& event);
    Expected<void> open(const yaml_event_t& event, YamlKind kind);
    Expected<void> add(YamlNode node, const yaml_mark_t& mark);
    Expected<void> close(const yaml_mark_t& mark);
    [[nodiscard]] std::unexpected<Error> parse_error() const;

    yaml_parser_t parser_{};
    std::vector<YamlNode> open_;  // the collections around the value at hand
    YamlNode root_;
    bool has_root_ = false;
    std::size_t nodes_ = 0;
    std::size_t documents_ = 0;
};

std::unexpected<Error> error_at(const yaml_mark_t& mark, const std::string& what) {
    return fail(ErrorCode::invalid, "line " + std::to_string(mark.line + 1) + ", column " +
                                        std::to_string(mark.column + 1) + ": " + what);
}

std::unexpected<Error> Reader::parse_error() const {
    const std::string what = parser_.problem != nullptr ? parser_.problem : "this is no YAML";
    if (parser_.error == YAML_READER_ERROR)
        return fail(ErrorCode::invalid,
                    "byte " + std::to_string(parser_.problem_offset + 1) + ": " + what);
    return error_at(parser_.problem_mark, what);
}

Expected<YamlNode> Reader::read() {
    while (true) {
        Event next;
        if (yaml_parser_parse(&parser_, &next.event) != 1) return parse_error();
        const bool more = TRY(take(next.event));
        if (!more) break;
    }
    // A document of nothing, as "---" is one, says no more than no document.
    const bool says_something = has_root_ && !(root_.plain && root_.text.empty());
    if (!says_something) return fail(ErrorCode::invalid, "the file is empty");
    return std::move(root_);
}

/// False at the end of the text.
Expected<bool> Reader::take(const yaml_event_t& event) {
    switch (event.type) {
        case YAML_STREAM_END_EVENT:
            return false;
        case YAML_DOCUMENT_START_EVENT:
            if (++documents_ > 1) return error_at(event.start_mark, "a second document");
            return true;
        case YAML_ALIAS_EVENT:
            return error_at(event.start_mark,
                            "an alias, which could make a small file huge; write "
                            "the value itself");
        case YAML_SCALAR_EVENT: {
            const auto& scalar = event.data.scalar;
            if (scalar.anchor != nullptr) return error_at(event.start_mark, "an anchor");
            if (scalar.tag != nullptr) return error_at(event.start_mark, "an explicit tag");
            if (scalar.length > kScalarBytesMax)
                return error_at(event.start_mark, "a value longer than 64 KiB");
            YamlNode node;
            node.plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
            // raw: libyaml's bytes
            node.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
            TRY(add(std::move(node), event.start_mark));
            return true;
        }
        case YAML_SEQUENCE_START_EVENT:
            TRY(open(event, YamlKind::sequence));
            return true;
        case YAML_MAPPING_START_EVENT:
            TRY(open(event, YamlKind::mapping));
            return true;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            TRY(close(event.start_mark));
            return true;
        case YAML_NO_EVENT:
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_END_EVENT:
            return true;
    }
    return true;
}

Expected<void> Reader::open(const yaml_event_t& event, YamlKind kind) {
    const bool mapping = kind == YamlKind::mapping;
    const auto* const anchor =
        mapping ? event.data.mapping_start.anchor : event.data.sequence_start.anchor;
    const auto* const tag = mapping ? event.data.mapping_start.tag : event.data.sequence_start.tag;
    if (anchor != nullptr) return error_at(event.start_mark, "an anchor");
    if (tag != nullptr) return error_at(event.start_mark, "an explicit tag");
    if (open_.size() >= kDepthMax) return error_at(event.start_mark, "nested deeper than 32");
    if (++nodes_ > kNodesMax) return error_at(event.start_mark, "more than two million values");
    YamlNode node;
    node.kind = kind;
    node.line = event.start_mark.line + 1;
    open_.push_back(std::move(node));
    return {};
}

Expected<void> Reader::add(YamlNode node, const yaml_mark_t& mark) {
    if (node.kind == YamlKind::scalar && ++nodes_ > kNodesMax)
        return error_at(mark, "more than two million values");
    if (node.line == 0) node.line = mark.line + 1;
    if (open_.empty()) {
        root_ = std::move(node);
        has_root_ = true;
        return {};
    }
    YamlNode& parent = open_.back();
    const bool key = parent.kind == YamlKind::mapping && parent.items.size() % 2 == 0;
    if (key && (node.kind != YamlKind::scalar || node.text.empty()))
        return error_at(mark, "a key that is no text");
    parent.items.push_back(std::move(node));
    return {};
}

Expected<void> Reader::close(const yaml_mark_t& mark) {
    YamlNode done = std::move(open_.back());
    open_.pop_back();
    if (done.kind == YamlKind::mapping) {
        std::set<std::string_view> keys;
        for (std::size_t i = 0; i < done.items.size(); i += 2)
            if (!keys.insert(done.items[i].text).second)
                return fail(ErrorCode::invalid, "line " + std::to_string(done.items[i].line) +
                                                    ": a key that stands twice in one mapping");
    }
    return add(std::move(done), mark);
}

class Writer {
  public:
    Writer() {
        CHECK(yaml_emitter_initialize(&emitter_) == 1);
        yaml_emitter_set_output(&emitter_, write, &out_);
        yaml_emitter_set_unicode(&emitter_, 1);
        yaml_emitter_set_width(&emitter_, -1);
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    Writer(Writer&&) = delete;
    Writer& operator=(Writer&&) = delete;
    ~Writer() { yaml_emitter_delete(&emitter_); }

    std::string document(const YamlNode& root);

  private:
    static int write(void* out, unsigned char* bytes, std::size_t size) {
        static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(bytes), size);
        return 1;
    }
    void emit(yaml_event_t& event) { CHECK(yaml_emitter_emit(&emitter_, &event) == 1); }
    void begin(const YamlNode& node);
    void end(const YamlNode& node);

    yaml_emitter_t emitter_{};
    std::string out_;
};

std::string Writer::document(const YamlNode& root) {
    yaml_event_t event;
    CHECK(yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING) == 1);
    emit(event);
    CHECK(yaml_document_start_event_initialize(&event, nullptr, nullptr, nullptr, 1) == 1);
    emit(event);
    // Depth first, without recursion: each collection with the next of its items.
    std::vector<std::pair<const YamlNode*, std::size_t>> open;
    begin(root);
    if (root.kind != YamlKind::scalar) open.emplace_back(&root, 0);
    while (!open.empty()) {
        auto& [node, next] = open.back();
        if (next == node->items.size()) {
            end(*node);
            open.pop_back();
            continue;
        }
        const YamlNode& item = node->items[next++];
        begin(item);
        if (item.kind != YamlKind::scalar) open.emplace_back(&item, 0);
    }
    CHECK(yaml_document_end_event_initialize(&event, 1) == 1);
    emit(event);
    CHECK(yaml_stream_end_event_initialize(&event) == 1);
    emit(event);
    CHECK(yaml_emitter_flush(&emitter_) == 1);
    return std::move(out_);
}

void Writer::begin(const YamlNode& node) {
    yaml_event_t event;
    if (node.kind == YamlKind::scalar) {
        std::string text = node.text;
        // A plain scalar that cannot be plain where it comes to stand is quoted: those are texts.
        CHECK(yaml_scalar_event_initialize(
                  &event, nullptr, nullptr, bytes_of(text), static_cast<int>(text.size()),
                  node.plain ? 1 : 0, 1,
                  node.plain ? YAML_PLAIN_SCALAR_STYLE : YAML_SINGLE_QUOTED_SCALAR_STYLE) == 1);
    } else if (node.kind == YamlKind::sequence) {
        CHECK(yaml_sequence_start_event_initialize(&event, nullptr, nullptr, 1,
                                                   YAML_BLOCK_SEQUENCE_STYLE) == 1);
    } else {
        CHECK(yaml_mapping_start_event_initialize(&event, nullptr, nullptr, 1,
                                                  YAML_BLOCK_MAPPING_STYLE) == 1);
    }
    emit(event);
}

void Writer::end(const YamlNode& node) {
    yaml_event_t event;
    if (node.kind == YamlKind::sequence)
        CHECK(yaml_sequence_end_event_initialize(&event) == 1);
    else
        CHECK(yaml_mapping_end_event_initialize(&event) == 1);
    emit(event);
}

}  // namespace

YamlNode YamlNode::plain_text(std::string text) {
    YamlNode node;
    node.plain = true;
    node.text = std::move(text);
    return node;
}

const YamlNode* YamlNode::find(std::string_view key) const {
    if (kind != YamlKind::mapping) return nullptr;
    for (std::size_t i = 0; i + 1 < items.size(); i += 2)
        if (items[i].text == key) return &items[i + 1];
    return nullptr;
}

Expected<YamlNode> read_yaml(std::string_view text) {
    if (text.size() > kYamlBytesMax)
        return fail(ErrorCode::limit, "a YAML file larger than 64 MiB");
    return Reader(text).read();
}

std::string write_yaml(const YamlNode& root) {
    return Writer().document(root);
}

}  // namespace wagetrail::labels
