// SPDX-License-Identifier: Apache-2.0
// The non-template parts of Asio and Beast, compiled once (see CMakeLists.txt).
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
