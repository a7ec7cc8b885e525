// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "io/notify/sender.hpp"

namespace headland::notify {
namespace {

// Nothing in a header may begin another one.
std::string one_line(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return text;
}

std::string base64(const std::string& bytes) {
  constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k) word = word << 8 | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= n ? digits[word >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

// RFC 2047: words of 45 bytes at most, cut between characters.
std::string encoded(const std::string& text) {
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = std::min(i + 45, text.size());
    while (end < text.size() && end > i + 1 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + base64(text.substr(i, end - i)) + "?=";
    i = end;
  }
  return out;
}

}  // namespace

std::string mail_text(const Message& message, const std::string& from, const std::vector<std::string>& to) {
  std::string receivers;
  for (const std::string& address : to) receivers += (receivers.empty() ? "" : ", ") + one_line(address);
  std::string out;
  if (!message.date.empty()) out += "Date: " + one_line(message.date) + "\r\n";
  out += "From: " + one_line(from) + "\r\nTo: " + receivers + "\r\nSubject: " + encoded(one_line(message.subject)) +
         "\r\nMessage-ID: <" + one_line(message.id) +
         "@headland>\r\nMIME-Version: 1.0\r\n"
         "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  const std::string body = base64(message.body);
  for (std::size_t i = 0; i < body.size(); i += 76) out += body.substr(i, 76) + "\r\n";
  return out;
}

}  // namespace headland::notify
