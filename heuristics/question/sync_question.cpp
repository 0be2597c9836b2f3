#include "heuristics/question/sync_question.h"

#include "index/store.h"

#include "heuristics/clustering.h"
#include "heuristics/question/block_source.h"
#include "heuristics/report/state.h"

namespace wagetrail::question {

Expected<Synced> sync(const std::string& home,
                      const SyncRequest& request,
                      const SyncListener& listener,
                      const std::stop_token& stop) {
    const LedgerId ledger = request.ledger;
    const auto source =
        TRY(open_source(params(ledger), request.from.source, secrets_of(request.from),
                        {.stop = stop, .notice = listener.notice}));
    Clustering clustering(ledger, request.memory_bytes / kClusteringShare);
    const auto store =
        TRY(index::Store::open(index::database_path(home, ledger), ledger, clustering.derivation(),
                               request.memory_bytes - request.memory_bytes / kClusteringShare));
    TRY(remember_source(home, ledger, source->name()));
    const auto done = TRY(index::sync(*store, *source, request.options, stop, listener.progress));
    const auto view = TRY(index::LedgerView::open(store->database().pin(), ledger));
    const index::BlockRow block = TRY(view.block(view.as_of().height));
    const report::Manifest manifest{.as_of = {{view.as_of(), Time{block.header.time}}}};
    return Synced{.done = done,
                  .height = view.as_of().height,
                  .answer = report::sync_answer(manifest, done, source->name())};
}

}  // namespace wagetrail::question
