// What a picture is asked for by, beside the fields of a trace.
#pragma once

#include "heuristics/question/picture_question.h"

#include "server/routes/body_fields.h"

namespace wagetrail::server {

/// around, show, across, open, nodes, beside_each.
void read_picture(BodyFields& body, question::PictureOptions& options);

}  // namespace wagetrail::server
