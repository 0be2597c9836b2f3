// Any bytes as OFAC's sdn.xml, whole and in pieces of a size that the first byte chooses: both give
// the same list or fail both.
#include "index/lists/sdn_xml.h"

#include "tests/fuzz/list_checks.h"
#include "tests/fuzz/pieces.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wagetrail::fuzz::check_pieces<wagetrail::lists::SdnXmlParser>({data, size},
                                                                  wagetrail::fuzz::check_list);
    return 0;
}
