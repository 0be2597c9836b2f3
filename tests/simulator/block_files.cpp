#include "tests/simulator/block_files.h"

#include "chain/base/codec.h"

namespace wagetrail::simulator {
namespace {

std::string file_name(std::size_t number) {
    const std::string digits = std::to_string(number);
    return "blk" + std::string(5 - std::min<std::size_t>(digits.size(), 5), '0') + digits + ".dat";
}

void write(std::ofstream& file, ByteView bytes) {
    // A stream wants characters; their bytes are the same.
    file.write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

void BlockFiles::append(ByteView block) {
    Writer head;
    head.fixed(params(ledger_).magic);
    head.little<4>(static_cast<std::uint32_t>(block.size()));
    const std::size_t record_size = head.size() + block.size();
    if (!file_.is_open() || size_ + record_size > kFileSizeMax) {
        failed_ = failed_ || (file_.is_open() && !file_.flush());
        file_.close();
        file_.clear();
        file_.open(directory_ / file_name(count_++), std::ios::binary | std::ios::trunc);
        size_ = 0;
    }
    write(file_, head.bytes());
    write(file_, block);
    size_ += record_size;
    failed_ = failed_ || !file_;
}

Expected<void> BlockFiles::close() {
    failed_ = failed_ || !file_.flush();
    file_.close();
    if (failed_)
        return fail(ErrorCode::io, "could not write the blocks to " + directory_.string() +
                                       "; is the disk full or the directory read-only?");
    return {};
}

}  // namespace wagetrail::simulator
