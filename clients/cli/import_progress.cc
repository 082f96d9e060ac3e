#include "clients/cli/import_progress.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace navo::cli {
namespace {

constexpr int kCells = 20;
constexpr absl::Duration kBetweenBars = absl::Milliseconds(200);
constexpr absl::Duration kBetweenLines = absl::Seconds(10);

// "1,234,567"
std::string Grouped(int64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), ",");
  }
  return digits;
}

std::string Clock(absl::Duration duration) {
  const int64_t seconds = absl::ToInt64Seconds(duration);
  if (seconds >= 3600) {
    return absl::StrFormat("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
  return absl::StrFormat("%d:%02d", seconds / 60, seconds % 60);
}

}  // namespace

ImportProgress::ImportProgress(const Context& context, int64_t file_bytes)
    : context_(context),
      file_bytes_(file_bytes),
      begin_(context.terminal().now()),
      next_(context.draws() ? begin_ : begin_ + kBetweenLines) {}

void ImportProgress::Take(const v1::ImportResponse& response) {
  if (response.has_interrupted()) {
    rows_ = rows_before_ = response.interrupted().counts().rows();
    bytes_ = bytes_before_ = response.interrupted().offset_bytes();
    *context_.terminal().error << "going on after " << Grouped(rows_)
                               << " rows that are in already\n";
  } else {
    rows_ = std::max(rows_, response.counts().rows());
    bytes_ = std::max(bytes_, response.read_bytes());
  }
  const absl::Time now = context_.terminal().now();
  if (now < next_) return;
  if (context_.draws()) {
    *context_.terminal().error << "\r\033[K" << Bar(now) << std::flush;
    next_ = now + kBetweenBars;
  } else {
    *context_.terminal().error << Line(now) << "\n" << std::flush;
    next_ = now + kBetweenLines;
  }
}

void ImportProgress::End() const {
  if (context_.draws()) *context_.terminal().error << "\r\033[K" << std::flush;
}

double ImportProgress::Fraction() const {
  return std::min(1.0, static_cast<double>(bytes_) / static_cast<double>(file_bytes_));
}

int64_t ImportProgress::RowsASecond(absl::Time now) const {
  const double seconds = absl::ToDoubleSeconds(now - begin_);
  return seconds > 0 ? std::llround(static_cast<double>(rows_ - rows_before_) / seconds) : 0;
}

// Empty when it cannot be known.
std::string ImportProgress::Left(absl::Time now) const {
  const auto done = static_cast<double>(bytes_ - bytes_before_);
  if (file_bytes_ == 0 || done <= 0) return {};
  const double rest = std::max(0.0, static_cast<double>(file_bytes_ - bytes_));
  return Clock((now - begin_) * (rest / done));
}

std::string ImportProgress::Bar(absl::Time now) const {
  std::string text;
  if (file_bytes_ > 0) {
    const auto full = static_cast<size_t>(Fraction() * kCells);
    text = absl::StrFormat("[%s%s] %.0f %%  ", std::string(full, '#'),
                           std::string(kCells - full, '-'), std::floor(Fraction() * 100));
  }
  absl::StrAppend(&text, Grouped(rows_), " rows  ", Grouped(RowsASecond(now)), "/s");
  if (const std::string left = Left(now); !left.empty())
    absl::StrAppend(&text, "  ", left, " left");
  return text;
}

std::string ImportProgress::Line(absl::Time now) const {
  std::string text;
  if (file_bytes_ > 0) text = absl::StrFormat("%.0f percent, ", std::floor(Fraction() * 100));
  absl::StrAppend(&text, rows_, " rows, ", RowsASecond(now), " rows a second");
  if (const std::string left = Left(now); !left.empty())
    absl::StrAppend(&text, ", ", left, " left");
  return text;
}

}  // namespace navo::cli
