#include "services/consent/receipt.h"

#include <functional>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/access/openable.h"
#include "services/consent/ground_view.h"
#include "services/domain/calendar.h"
#include "services/domain/codes.h"
#include "services/domain/error.h"
#include "services/domain/reasons.h"
#include "storage/ground.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

constexpr size_t kMostConsents = 100;
constexpr int64_t kBatch = 200;

// The words of the participant's language, and bokmaal beside them; null when that is bokmaal.
struct Voices {
  std::string language;
  const ReceiptWords& first;
  const ReceiptWords* beside;
};
using Say = std::function<std::string(const ReceiptWords&)>;

// One line of a receipt: what it is called, and what it says.
struct Line {
  std::string_view key;
  Say say;
};

std::string DayText(const google::type::Date& date) {
  const auto day = domain::DayOf(date);
  return day.has_value() ? domain::FormatDay(*day) : std::string();
}

std::string InstantDay(const google::protobuf::Timestamp& time) {
  return domain::FormatDay(domain::DayInOslo(time.seconds() * 1'000'000));
}

std::string_view StateKey(const v1::Ground& ground, int32_t today) {
  if (ground.state() == v1::GROUND_STATE_PENDING) return "state_pending";
  if (ground.state() == v1::GROUND_STATE_ENDED) return "state_ended";
  return domain::DayOf(ground.valid_to()).value_or(today) < today ? "state_past" : "state_active";
}

std::string ControllerName(const access::Directory& directory, const std::string& id) {
  const access::Controller* controller = directory.FindController(std::string_view(id));
  return controller == nullptr ? id : controller->name;
}

Say Same(std::string text) {
  return [text = std::move(text)](const ReceiptWords&) { return text; };
}

std::vector<Line> LinesOf(const door::Case& c, const v1::Ground& ground) {
  const v1::Release& release = ground.release();
  std::vector<Line> lines;
  lines.push_back({"from", Same(ControllerName(c.directory(), release.from_controller()))});
  const access::Unit* unit = c.directory().FindUnit(std::string_view(release.to_unit()));
  const std::string to = ControllerName(c.directory(), release.to_controller());
  lines.push_back(
      {"to", [to, name = unit == nullptr ? std::string() : unit->name](const ReceiptWords& words) {
         return name.empty() ? to : absl::StrCat(to, " (", words.Word("unit"), " ", name, ")");
       }});
  lines.push_back({"what", [release](const ReceiptWords& words) {
                     std::vector<std::string> names;
                     for (const int category : release.categories()) {
                       names.push_back(words.Of(static_cast<v1::Category>(category)));
                     }
                     return absl::StrJoin(names, "; ");
                   }});
  lines.push_back({"why", [purpose = ground.purpose()](const ReceiptWords& words) {
                     return words.Of(purpose);
                   }});
  lines.push_back({"first_day", Same(DayText(ground.valid_from()))});
  if (ground.has_valid_to()) lines.push_back({"last_day", Same(DayText(ground.valid_to()))});
  lines.push_back({"given", Same(InstantDay(ground.provenance().time()))});
  if (ground.has_ended_at()) lines.push_back({"withdrawn", Same(InstantDay(ground.ended_at()))});
  lines.push_back(
      {"text", Same(absl::StrCat(ground.proof().text_id(), ", ", ground.proof().text_version(),
                                 ", ", ground.proof().text_language()))});
  return lines;
}

// Pure text: "Name / Navn: value / verdi".
class TextWriter {
 public:
  explicit TextWriter(const Voices& voices) : voices_(voices) {}

  void Paragraph(std::string_view key) { absl::StrAppend(&text_, "\n", Both(Word(key)), "\n"); }
  void Heading(std::string_view key) { absl::StrAppend(&text_, "\n* ", Both(Word(key)), "\n"); }
  void Add(const Line& line) {
    absl::StrAppend(&text_, "  ", Both(Word(line.key)), ": ", Both(line.say), "\n");
  }
  std::string Finish() && { return std::move(text_); }

 private:
  static Say Word(std::string_view key) {
    return [key](const ReceiptWords& words) { return words.Word(key); };
  }
  std::string Both(const Say& say) const {
    const std::string first = say(voices_.first);
    if (voices_.beside == nullptr) return first;
    const std::string beside = say(*voices_.beside);
    return first == beside ? first : absl::StrCat(first, " / ", beside);
  }

  const Voices& voices_;
  std::string text_;
};

// A table with a column for each language.
class HtmlWriter {
 public:
  explicit HtmlWriter(const Voices& voices) : voices_(voices) {
    const std::string title = EscapeHtml(voices.first.Word("title"));
    text_ = absl::StrCat("<!DOCTYPE html>\n<html lang=\"", EscapeHtml(voices.language),
                         "\">\n<head><meta charset=\"utf-8\"><title>", title,
                         "</title></head>\n<body>\n<table>\n");
  }

  void Paragraph(std::string_view key) { Row("td", Word(key)); }
  void Heading(std::string_view key) { Row("th", Word(key)); }
  void Add(const Line& line) {
    Row("td", [&line](const ReceiptWords& words) {
      return absl::StrCat(words.Word(line.key), ": ", line.say(words));
    });
  }
  std::string Finish() && { return text_ + "</table>\n</body>\n</html>\n"; }

 private:
  static Say Word(std::string_view key) {
    return [key](const ReceiptWords& words) { return words.Word(key); };
  }
  void Row(const char* cell, const Say& say) {
    text_ += "<tr>";
    Cell(cell, voices_.language, say(voices_.first));
    if (voices_.beside != nullptr) Cell(cell, "nb", say(*voices_.beside));
    text_ += "</tr>\n";
  }
  void Cell(const char* cell, const std::string& language, const std::string& text) {
    const bool leftwards = language == "ar" || language == "prs";
    absl::StrAppend(&text_, "<", cell, " lang=\"", EscapeHtml(language), "\" dir=\"",
                    leftwards ? "rtl" : "ltr", "\">", EscapeHtml(text), "</", cell, ">");
  }

  const Voices& voices_;
  std::string text_;
};

template <typename Writer>
std::string Written(const door::Case& c, const Voices& voices,
                    const std::vector<v1::Ground>& grounds) {
  Writer writer(voices);
  writer.Heading("title");
  writer.Paragraph("about");
  if (grounds.empty()) writer.Paragraph("none");
  for (const v1::Ground& ground : grounds) {
    writer.Heading(StateKey(ground, c.today()));
    for (const Line& line : LinesOf(c, ground)) writer.Add(line);
  }
  writer.Paragraph("withdraw");
  writer.Paragraph("no_effect");
  return std::move(writer).Finish();
}

absl::StatusOr<std::vector<v1::Ground>> ReadConsents(door::Case& c, v1::Purpose purpose) {
  std::vector<v1::Ground> consents;
  const storage::GroundReader reader{c.decision().all_sides, c.caller().controller_key,
                                     c.caller().unit_key, c.today()};
  int64_t before = std::numeric_limits<int64_t>::max();
  while (true) {
    NAVO_ASSIGN_OR_RETURN(
        const std::vector<storage::GroundRow> grounds,
        storage::ListGroundsOf(c.tx(), c.participant_key(), reader, before, kBatch));
    for (const storage::GroundRow& ground : grounds) {
      before = ground.ground_key;
      const bool asked = purpose == v1::PURPOSE_UNSPECIFIED || ground.purpose == purpose;
      if (!asked || !access::RestsOnConsent(ground.kind) || !MayKnowOf(c, ground)) continue;
      const storage::Guarded<storage::GroundRow> guarded = Guard(c, ground);
      const storage::GroundRow* opened = c.Open(guarded);
      if (opened == nullptr) continue;
      consents.push_back(TellGround(c, *opened));
      if (consents.size() == kMostConsents) return consents;
    }
    if (static_cast<int64_t>(grounds.size()) < kBatch) return consents;
  }
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  static const std::map<char, const char*> escapes = {
      {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
  std::string escaped;
  for (const char byte : text) {
    const auto it = escapes.find(byte);
    if (it == escapes.end()) {
      escaped += byte;
    } else {
      escaped += it->second;
    }
  }
  return escaped;
}

absl::Status GetReceipt(door::Case& c, const ReceiptLanguages& languages,
                        const v1::GetReceiptRequest& request, v1::GetReceiptResponse& response) {
  domain::Violations violations;
  std::string language = request.language().empty() ? "nb" : request.language();
  if (!v1::Purpose_IsValid(request.purpose())) {
    violations.Add("purpose", "must be a purpose that NAVO knows, or UNSPECIFIED for any");
  }
  domain::CheckLanguageCode("language", &language, violations);
  if (!v1::ReceiptFormat_IsValid(request.format())) {
    violations.Add("format", "must be TEXT or HTML");
  }
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  const ReceiptWords* words = languages.Find(language);
  const std::vector<std::string> known = languages.Languages();
  if (words == nullptr) {
    return domain::MakeError(
        absl::StatusCode::kNotFound, domain::reason::kTextNotKnown,
        "a receipt is not there in this language: take one of " + absl::StrJoin(known, ", "),
        {{"languages", absl::StrJoin(known, ",")}});
  }
  NAVO_ASSIGN_OR_RETURN(const std::vector<v1::Ground> consents, ReadConsents(c, request.purpose()));
  const Voices voices{language, *words, language == "nb" ? nullptr : languages.Find("nb")};
  const bool html = request.format() == v1::RECEIPT_FORMAT_HTML;
  response.set_receipt(html ? Written<HtmlWriter>(c, voices, consents)
                            : Written<TextWriter>(c, voices, consents));
  response.set_content_type(html ? "text/html; charset=utf-8" : "text/plain; charset=utf-8");
  response.set_language(language);
  response.set_reviewed(words->reviewed());
  for (const std::string& one : known) response.add_languages(one);
  return absl::OkStatus();
}

}  // namespace navo::services
