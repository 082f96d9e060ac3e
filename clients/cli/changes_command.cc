// navo changes: what changed about the unit's participants, for scripts and for the curious.
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/time/time.h"
#include "clients/cli/commands.h"
#include "clients/cli/formats.h"
#include "clients/cli/replace_file.h"
#include "clients/cli/words.h"
#include "navo/v1/feed.grpc.pb.h"

namespace navo::cli {
namespace {

using Stub = v1::FeedService::Stub;

struct Options {
  std::string cursor_file;
  bool follow = false;
  double every_seconds = 5;
};

// "access opened", "plan step created".
std::string WhatText(const v1::Change& change) {
  if (change.subject() == v1::CHANGE_SUBJECT_ACCESS) return Word(change.act());
  return Word(change.subject()) + " " + Word(change.act());
}

// "2026-11-22 10:30  <participant>  plan step created  oslo-vo, vo-rosenhof  <record>"; the parts
// are in the same order every time, so that a script may cut them.
std::string LineOf(const v1::Change& change) {
  const bool timed = change.has_time();
  std::string line = timed ? InstantText(change.time()) : std::string("now             ");
  line += "  " + change.participant_id() + "  " + WhatText(change);
  if (!change.owner_controller().empty()) line += "  " + change.owner_controller();
  if (!change.owner_unit().empty()) line += ", " + change.owner_unit();
  if (!change.record_id().empty()) line += "  " + change.record_id();
  std::string categories;
  for (const int category : change.categories()) {
    categories += (categories.empty() ? "  " : ", ") + Word(static_cast<v1::Category>(category));
  }
  return line + categories;
}

void Print(Context& context, const v1::ListChangesResponse& page) {
  for (const v1::Change& change : page.changes()) {
    context.out() << (context.global.json ? JsonLine(change) : LineOf(change) + "\n");
  }
  context.out().flush();
}

// Without a file the cursor is the person's to keep.
void PrintCursor(Context& context, const std::string& cursor) {
  if (context.global.json) {
    v1::ListChangesResponse rest;
    rest.set_next_cursor(cursor);
    context.out() << JsonLine(rest);
  } else {
    context.out() << "Go on from here with: navo changes --since " << cursor << "\n";
  }
}

// The cursor is kept once its page has been printed: what was not is printed next time.
absl::Status Keep(Context& context, const Options& options, const std::string& cursor) {
  if (options.cursor_file.empty()) return absl::OkStatus();
  if (!context.out()) return absl::DataLossError("cannot print: the cursor was not moved on");
  return ReplaceFile(options.cursor_file, cursor + "\n");
}

// Empty when the file is not there yet. An empty file is a cursor that was lost: to begin at now
// would pass over what changed since, and nobody would notice.
absl::StatusOr<std::string> KeptCursor(const std::string& path) {
  std::error_code error;
  if (std::filesystem::status(path, error).type() == std::filesystem::file_type::not_found) {
    return "";
  }
  absl::StatusOr<std::string> cursor = ReadFile(path);
  if (!cursor.ok() || !cursor->empty()) return cursor;
  return absl::InvalidArgumentError(
      path +
      " is empty: put the last cursor back into it, or delete it to begin at now and fetch "
      "what changed before with the other commands");
}

absl::Status Run(Context& context, const Options& options, v1::ListChangesRequest& request) {
  if (!options.cursor_file.empty()) {
    absl::StatusOr<std::string> cursor = KeptCursor(options.cursor_file);
    if (!cursor.ok()) return cursor.status();
    request.set_cursor(*std::move(cursor));
  }
  for (;;) {
    const auto page = context.Call(&Stub::ListChanges, request);
    if (!page.ok()) return page.status();
    Print(context, *page);
    if (absl::Status kept = Keep(context, options, page->next_cursor()); !kept.ok()) return kept;
    request.set_cursor(page->next_cursor());
    if (page->has_more()) continue;
    if (!options.follow || !context.terminal().pause(absl::Seconds(options.every_seconds))) break;
  }
  if (options.cursor_file.empty()) PrintCursor(context, request.cursor());
  return absl::OkStatus();
}

}  // namespace

void AddChangesCommand(CommandLine& line) {
  Command<v1::ListChangesRequest> command(
      line, line.app, "changes",
      "What changed about your unit's participants since the last time; from now on at first.",
      "navo changes --cursor-file cursor.txt --follow");
  const auto options = std::make_shared<Options>();
  CLI::Option* since =
      command.Field("--since", "cursor", "Cursor that the last call ended with; now without it");
  since->check([](const std::string& cursor) -> std::string {
    return cursor.empty() ? "needs a cursor: leave it out to begin at now" : "";
  });
  command.app()
      ->add_option("--cursor-file", options->cursor_file,
                   "Begin at the cursor in this file, and keep the next one there")
      ->type_name("FILE")
      ->excludes(since);
  command.app()->add_flag("--follow", options->follow, "Ask again and again, until Ctrl-C");
  command.app()
      ->add_option("--every", options->every_seconds, "How often to ask with --follow")
      ->type_name("SECONDS")
      ->check(CLI::Range(1.0, 3600.0).description(""))
      ->capture_default_str();
  command.Field("--page-size", "page_size", "How many to fetch in one go");
  command.Does([&context = line.context, options](v1::ListChangesRequest& request) {
    return Run(context, *options, request);
  });
}

}  // namespace navo::cli
