#include "tests/services/import_files.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>

#include "absl/strings/str_format.h"
#include "clients/cpp/status.h"
#include "navo/v1/exchange.grpc.pb.h"
#include "storage/store.h"

namespace navo::support {
namespace {

using Stream = grpc::ClientReaderWriter<v1::ImportRequest, v1::ImportResponse>;

void Send(Stream& stream, grpc::ClientContext& context, const std::string& file, const Sending& how,
          const std::atomic<int64_t>& rows) {
  v1::ImportRequest request;
  request.mutable_start()->set_format(how.format);
  request.mutable_start()->set_encoding(how.encoding);
  request.mutable_start()->set_source_system(how.source_system);
  request.mutable_start()->set_file_key(how.file_key);
  request.mutable_start()->set_dry_run(how.dry_run);
  bool open = stream.Write(request);
  std::size_t sent = 0;
  for (; open && sent < file.size(); sent += how.chunk_bytes) {
    if (how.cancel_after_bytes != 0 && sent >= how.cancel_after_bytes) {
      while (rows < how.cancel_after_rows) rows.wait(rows);
      context.TryCancel();
      return;
    }
    request.set_chunk(file.substr(sent, how.chunk_bytes));
    open = stream.Write(request);
  }
  stream.WritesDone();
}

int64_t Number(storage::ReadTx& tx, storage::Sql sql) {
  const auto number = tx.Number(sql, {});
  EXPECT_TRUE(number.ok()) << number.status();
  return number.ok() ? number->value_or(0) : -1;
}

}  // namespace

Imported Import(const client::Client& system, const std::string& file, const Sending& how) {
  v1::ExchangeService::Stub stub(system.channel());
  const auto context = system.NewContext();
  const std::unique_ptr<Stream> stream = stub.Import(context.get());
  Imported imported;
  std::atomic<int64_t> rows = 0;
  std::thread reader([&] {
    v1::ImportResponse response;
    while (stream->Read(&response)) {
      EXPECT_FALSE(imported.done) << "something came after the last answer";
      ++imported.answers;
      imported.done = response.done();
      imported.counts = response.counts();
      for (const v1::RowResult& result : response.results()) imported.results.push_back(result);
      rows = response.counts().rows();
      rows.notify_all();
    }
    rows = INT64_MAX;
    rows.notify_all();
  });
  Send(*stream, *context, file, how, rows);
  reader.join();
  imported.status = client::FromGrpc(stream->Finish());
  return imported;
}

std::string ExampleText(const std::string& name) {
  std::ifstream file(std::string(NAVO_SOURCE_DIR "/docs/examples/") + name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_FALSE(text.empty()) << name;
  return text;
}

std::string ParticipationId(int id) { return absl::StrFormat("00000000-0000-4000-8000-%012d", id); }

nlohmann::json Participation(const std::string& number, int id) {
  return {{"id", ParticipationId(id)},
          {"gjennomforingId", absl::StrFormat("00000000-0000-4000-9000-%012d", id % 100)},
          {"personIdent", number},
          {"startDato", "2026-08-17"},
          {"sluttDato", nullptr},
          {"status", {{"type", "DELTAR"}, {"aarsak", {{"type", nullptr}}}}},
          {"registrertTidspunkt", "2026-06-15T10:00:00"},
          {"endretTidspunkt", "2026-08-12T09:30:00"},
          {"kilde", "KOMET"}};
}

std::string Line(const nlohmann::json& participation) {
  return nlohmann::json{{"key", participation["id"]}, {"value", participation}}.dump() + "\n";
}

Stored Count(const TestServer& server) {
  TempFolder folder;
  for (const auto& entry : std::filesystem::directory_iterator(server.folder())) {
    const std::string name = entry.path().filename();
    if (entry.is_regular_file() && name.starts_with("navo.db") && !name.ends_with("-shm")) {
      std::filesystem::copy_file(entry.path(), folder.File(name));
    }
  }
  FakeClock clock;
  storage::SystemRandom random;
  storage::StoreOptions options;
  options.clock = &clock;
  options.random = &random;
  options.disk_reserve_bytes = 0;
  const auto store = storage::Store::Open(folder.File("navo.db"), options);
  EXPECT_TRUE(store.ok()) << store.status();
  Stored stored;
  if (!store.ok()) return stored;
  EXPECT_TRUE((*store)
                  ->Read([&](storage::ReadTx& tx) {
                    stored.participants = Number(tx, "SELECT COUNT(*) FROM participant");
                    stored.shadows = Number(tx, "SELECT COUNT(*) FROM participant WHERE realm > 0");
                    stored.ties = Number(tx, "SELECT COUNT(*) FROM tie");
                    stored.steps = Number(tx, "SELECT COUNT(*) FROM plan_step");
                    stored.journal = Number(tx, "SELECT COUNT(*) FROM journal");
                    stored.import_runs = Number(tx, "SELECT COUNT(*) FROM import_run");
                    stored.import_run_parts = Number(tx, "SELECT COUNT(*) FROM import_run_part");
                    stored.access_log = Number(tx, "SELECT COUNT(*) FROM access_log");
                    return absl::OkStatus();
                  })
                  .ok());
  return stored;
}

}  // namespace navo::support
