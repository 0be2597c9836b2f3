// Runs work on the pool and comes back with what it gave, on the thread of the coroutine.
#pragma once

#include "server/http/pool.h"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace wagetrail::server {

/// work: T(std::size_t worker), must not throw.
template <class T, class Work>
[[nodiscard]] boost::asio::awaitable<T> on_pool(Pool& pool, Work work) {
    namespace net = boost::asio;
    auto initiate = [&pool, work = std::move(work)](auto handler) mutable {
        pool.submit([work = std::move(work),
                     handler = std::move(handler)](std::size_t worker) mutable {
            T given = work(worker);
            const auto executor = net::get_associated_executor(handler);
            net::post(executor, [handler = std::move(handler), given = std::move(given)]() mutable {
                std::move(handler)(std::move(given));
            });
        });
    };
    return net::async_initiate<const net::use_awaitable_t<>&, void(T)>(std::move(initiate),
                                                                       net::use_awaitable);
}

}  // namespace wagetrail::server
