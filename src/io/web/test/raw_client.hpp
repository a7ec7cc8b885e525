// SPDX-License-Identifier: Apache-2.0
// A client out of bare sockets, independent of the server's library: sends any bytes, reads HTTP
// answers and WebSocket frames (RFC 6455).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace headland::web::test {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer_bytes = 0) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (receive_buffer_bytes > 0) {
      ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
    }
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() { ::close(fd_); }

  [[nodiscard]] bool connected() const { return connected_; }
  void send(std::string_view bytes) const { (void)!::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
  void end_sending() const { ::shutdown(fd_, SHUT_WR); }

  // Header and body of one answer (by its Content-Length), or what came before the end.
  std::string response(bool head_only = false) {
    while (in_.find("\r\n\r\n") == std::string::npos) {
      if (!receive()) return std::exchange(in_, {});
    }
    const std::size_t header_end = in_.find("\r\n\r\n") + 4;
    std::size_t length = 0;
    const std::size_t field = in_.find("Content-Length: ");
    if (!head_only && field < header_end) length = std::stoul(in_.substr(field + 16));
    while (in_.size() < header_end + length && receive()) {
    }
    const std::string whole = in_.substr(0, header_end + length);
    in_.erase(0, whole.size());
    return whole;
  }
  std::string get(std::string_view path, std::string_view more_headers = {}) {
    send("GET " + std::string(path) + " HTTP/1.1\r\nHost: here\r\n" + std::string(more_headers) + "\r\n");
    return response();
  }

  // The key and its answer are the example of RFC 6455 section 1.3.
  bool upgrade(std::string_view more_headers = {}, std::string_view path = "/ws/v1") {
    send("GET " + std::string(path) +
         " HTTP/1.1\r\nHost: here:80\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         std::string(more_headers) + "\r\n");
    upgrade_answer_ = response(true);
    return upgrade_answer_.starts_with("HTTP/1.1 101") &&
           upgrade_answer_.find("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") != std::string::npos;
  }
  [[nodiscard]] const std::string& upgrade_answer() const { return upgrade_answer_; }

  struct Frame {
    int opcode = 0;  // 1 text, 2 binary, 8 close, 9 ping
    std::string payload;
    [[nodiscard]] int type() const { return payload.empty() ? -1 : static_cast<unsigned char>(payload[0]); }
    [[nodiscard]] std::uint32_t sequence() const {
      std::uint32_t v = 0;
      for (std::size_t i = 0; i < 4; ++i) v |= std::uint32_t{static_cast<unsigned char>(payload.at(4 + i))} << (8 * i);
      return v;
    }
  };
  std::optional<Frame> frame() {
    const auto need = [this](std::size_t n) {
      while (in_.size() < n) {
        if (!receive()) return false;
      }
      return true;
    };
    const auto byte = [this](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(in_[i])); };
    if (!need(2)) return std::nullopt;
    std::size_t length = byte(1);
    std::size_t header = 2;
    if (length == 126 || length == 127) {
      const std::size_t extra = length == 126 ? 2 : 8;
      if (!need(2 + extra)) return std::nullopt;
      length = 0;
      for (std::size_t i = 0; i < extra; ++i) length = length << 8 | byte(2 + i);
      header += extra;
    }
    if (!need(header + length)) return std::nullopt;
    Frame f{static_cast<int>(byte(0) & 0x0f), in_.substr(header, length)};
    in_.erase(0, header + length);
    return f;
  }
  // Client frames are masked; a mask of zeros leaves the payload as it is. Below 64 kB only.
  void send_frame(int opcode, std::string_view payload) const {
    std::string out(1, static_cast<char>(0x80 | opcode));
    if (payload.size() < 126) {
      out += static_cast<char>(0x80 | payload.size());
    } else {
      out += static_cast<char>(0x80 | 126);
      out += static_cast<char>(payload.size() >> 8);
      out += static_cast<char>(payload.size() & 0xff);
    }
    out += std::string(4, '\0') + std::string(payload);
    send(out);
  }

 private:
  // More bytes; false at the end of the connection or after 10 s of silence.
  bool receive() {
    pollfd waiting{fd_, POLLIN, 0};
    if (::poll(&waiting, 1, 10'000) <= 0) return false;
    char bytes[65536];
    const ssize_t n = ::recv(fd_, bytes, sizeof bytes, 0);
    if (n <= 0) return false;
    in_.append(bytes, static_cast<std::size_t>(n));
    return true;
  }

  int fd_ = -1;
  bool connected_ = false;
  std::string in_;
  std::string upgrade_answer_;
};

}  // namespace headland::web::test
