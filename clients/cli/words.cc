#include "clients/cli/words.h"

#include <cctype>
#include <map>

namespace navo::cli {
namespace {

// Where the code in lower case is not what people write.
const std::map<std::string, std::string>& SpecialWords() {
  static const std::map<std::string, std::string> words = {
      {"CATEGORY_FOLLOWUP_SUMMARY", "follow-up summary"},
      {"CATEGORY_FOLLOWUP_NOTE", "follow-up note"},
      {"CATEGORY_NEEDS_BARRIERS", "needs and barriers"},
      {"CATEGORY_BENEFIT_TYPE_PERIOD", "benefit type and period"},
      {"CONTROLLER_KIND_NAV_STAT", "NAV statlig"},
      {"CONTROLLER_KIND_NAV_KOMMUNE", "NAV kommunal"},
      {"CONTROLLER_KIND_VO", "VO"},
      {"ROLE_LAERER", "lærer"},
      {"CEFR_LEVEL_UNDER_A1", "under A1"},
      {"CEFR_LEVEL_A1", "A1"},
      {"CEFR_LEVEL_A2", "A2"},
      {"CEFR_LEVEL_B1", "B1"},
      {"CEFR_LEVEL_B2", "B2"},
      {"CEFR_LEVEL_C1", "C1"},
      {"CEFR_LEVEL_C2", "C2"},
      {"TEST_BAND_A1_A2", "A1-A2"},
      {"TEST_BAND_A2_B1", "A2-B1"},
      {"TEST_BAND_B1_B2", "B1-B2"},
      {"TEST_BAND_C1", "C1"},
      {"NORSKMAAL_LEVEL_A1", "A1"},
      {"NORSKMAAL_LEVEL_A2", "A2"},
      {"NORSKMAAL_LEVEL_B1", "B1"},
      {"NORSKMAAL_LEVEL_B2", "B2"},
      {"NORSKMAAL_LEVEL_C1", "C1"},
      {"NORSKMAAL_LEVEL_KARAKTER_2_VGS", "karakter 2 VGS"},
      {"TRAINING_SCHEME_INTEGRERINGSLOVEN_3_AAR", "integreringsloven 3 år"},
      {"TRAINING_SCHEME_INTEGRERINGSLOVEN_18_MAANEDER", "integreringsloven 18 måneder"},
      {"TRAINING_SCHEME_INTEGRERINGSLOVEN_KAP_6A", "integreringsloven kap 6A"},
      {"TEST_OUTCOME_IKKE_BESTAATT", "ikke bestått"},
      {"TEST_OUTCOME_IKKE_MOETT", "ikke møtt"},
      {"STEP_STATUS_FORESLAATT", "foreslått"},
      {"STEP_STATUS_GJENNOMFOERES", "gjennomføres"},
      {"STEP_STATUS_FULLFOERT", "fullført"},
      {"OFFERING_STATUS_GJENNOMFOERES", "gjennomføres"},
      {"STEP_TYPE_NORSKOPPLAERING", "norskopplæring"},
      {"STEP_TYPE_FOV", "FOV"},
      {"STEP_TYPE_VIDEREGAAENDE", "videregående"},
      {"STEP_TYPE_JOBBSOEKING", "jobbsøking"},
      {"SEGMENT_UFAGLAERT", "ufaglært"},
      {"SEGMENT_FAGLAERT", "faglært"},
      {"SEGMENT_HOEYERE_UTDANNING", "høyere utdanning"},
      {"FOLLOW_UP_TYPE_MOETE", "møte"},
      {"FOLLOW_UP_TYPE_FELLESMOETE", "fellesmøte"},
      {"FOLLOW_UP_TYPE_HJEMMEBESOEK", "hjemmebesøk"},
      {"FOLLOW_UP_TYPE_ARBEIDSPLASSBESOEK", "arbeidsplassbesøk"},
      {"FOLLOW_UP_TYPE_OPPSOEKENDE", "oppsøkende"},
      {"FOLLOW_UP_TYPE_FRAVAERSOPPFOELGING", "fraværsoppfølging"},
      {"FOLLOW_UP_TYPE_JOBBOPPFOELGING", "jobboppfølging"},
      {"EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_B", "personopplysningsloven § 16 b"},
      {"EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_C", "personopplysningsloven § 16 c"},
      {"EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_D", "personopplysningsloven § 16 d"},
      {"EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_E", "personopplysningsloven § 16 e"},
      {"EXEMPTION_PARAGRAPH_PERSONOPPLYSNINGSLOVEN_16_F", "personopplysningsloven § 16 f"},
      {"EXEMPTION_PARAGRAPH_FORVALTNINGSLOVEN_19_1_D", "forvaltningsloven § 19 first paragraph d"},
      {"EXEMPTION_PARAGRAPH_FORVALTNINGSLOVEN_19_2_A", "forvaltningsloven § 19 second paragraph a"},
      {"EXEMPTION_PARAGRAPH_FORVALTNINGSLOVEN_19_2_B", "forvaltningsloven § 19 second paragraph b"},
      {"CHANGE_SUBJECT_FOLLOW_UP", "follow-up"},
      {"SECTION_KIND_GOALS_INTERESTS", "goals and interests"},
      {"SECTION_KIND_NEEDS_BARRIERS", "needs and barriers"},
      {"SECTION_KIND_BENEFIT_TYPE_PERIOD", "benefit type and period"},
      {"SECTION_KIND_HEALTH_WORK_ABILITY", "health and work ability"},
      {"EVIDENCE_EGENERKLAERING", "egenerklæring"},
      {"EVIDENCE_ARBEIDSPROEVE", "arbeidsprøve"},
      {"COMPETENCE_CONTEXT_OPPLAERING", "opplæring"},
      {"COMPETENCE_VERIFIER_LAERER", "lærer"},
      {"BASIC_SKILL_LEVEL_UNDER_NIVAA_1", "under nivå 1"},
      {"BASIC_SKILL_LEVEL_NIVAA_1", "nivå 1"},
      {"BASIC_SKILL_LEVEL_NIVAA_2", "nivå 2"},
      {"BASIC_SKILL_LEVEL_NIVAA_3", "nivå 3"},
      {"NEED_CATEGORY_OEKONOMI", "økonomi"},
      {"NEED_STATE_AAPEN", "åpen"},
      {"NEED_STATE_LOEST", "løst"},
      {"BENEFIT_TYPE_LOENN", "lønn"},
      {"BENEFIT_TYPE_AAP", "AAP"},
      {"BENEFIT_TYPE_UFOERETRYGD", "uføretrygd"},
      {"BENEFIT_TYPE_OVERGANGSSTOENAD", "overgangsstønad"},
      {"BENEFIT_TYPE_KVALIFISERINGSSTOENAD", "kvalifiseringsstønad"},
      {"BENEFIT_TYPE_INTRODUKSJONSSTOENAD", "introduksjonsstønad"},
      {"BENEFIT_TYPE_UTDANNINGSSTOETTE", "utdanningsstøtte"},
      {"BENEFIT_TYPE_FORSOERGET", "forsørget"},
      {"ADAPTATION_TETT_OPPFOELGING", "tett oppfølging"},
      {"DUPLICATE_REASON_REQUIRED_BY_LAW", "required by law"},
      {"IDENTITY_CONFIRMATION_UNSPECIFIED", "not confirmed"},
      {"IDENTITY_CONFIRMATION_ID_DOCUMENT", "identity document"},
      {"CONTACT_CHANNEL_SMS", "SMS"},
      {"IMPORT_FORMAT_NAV_DELTAKER", "nav-deltaker"},
      {"IMPORT_FORMAT_NAV_GJENNOMFOERING", "nav-gjennomføring"},
      {"IMPORT_FORMAT_VO_ELEVER", "vo-elever"},
      {"IMPORT_FORMAT_VO_KURS", "vo-kurs"},
      {"IMPORT_FORMAT_VO_FRAVAER", "vo-fravær"},
      {"IMPORT_FORMAT_NORSKPROVE", "norskprove"},
      {"TEXT_ENCODING_UTF_8", "utf-8"},
      {"TEXT_ENCODING_WINDOWS_1252", "windows-1252"},
  };
  return words;
}

// "StepStatus" -> "STEP_STATUS_".
std::string Prefix(const google::protobuf::EnumDescriptor& type) {
  std::string prefix;
  for (const char letter : type.name()) {
    if (std::isupper(static_cast<unsigned char>(letter)) && !prefix.empty()) prefix += '_';
    prefix += static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  }
  return prefix + "_";
}

std::string CodeWithoutPrefix(const google::protobuf::EnumValueDescriptor& value) {
  const std::string prefix = Prefix(*value.type());
  return value.name().starts_with(prefix) ? value.name().substr(prefix.size()) : value.name();
}

void ReplaceAll(std::string* text, const std::string& from, const std::string& to) {
  for (size_t at = text->find(from); at != std::string::npos;
       at = text->find(from, at + to.size())) {
    text->replace(at, from.size(), to);
  }
}

// One spelling for all that may be typed for the same word.
std::string Plain(std::string text) {
  for (const char* letter : {"æ", "Æ"}) ReplaceAll(&text, letter, "ae");
  for (const char* letter : {"ø", "Ø"}) ReplaceAll(&text, letter, "oe");
  for (const char* letter : {"å", "Å"}) ReplaceAll(&text, letter, "aa");
  for (char& letter : text) {
    if (letter == '_' || letter == ' ') letter = '-';
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return text;
}

}  // namespace

std::string WordOf(const google::protobuf::EnumDescriptor& type, int value) {
  const auto* known = type.FindValueByNumber(value);
  if (known == nullptr) return "unknown (" + std::to_string(value) + ")";
  const auto special = SpecialWords().find(known->name());
  if (special != SpecialWords().end()) return special->second;
  if (value == 0) return "–";
  std::string word = Plain(CodeWithoutPrefix(*known));
  ReplaceAll(&word, "-", " ");
  return word;
}

std::optional<int> ParseWord(const google::protobuf::EnumDescriptor& type,
                             const std::string& text) {
  const std::string typed = Plain(text);
  for (int i = 0; i < type.value_count(); ++i) {
    const auto& value = *type.value(i);
    if (value.number() == 0) continue;
    if (typed == Plain(CodeWithoutPrefix(value)) || typed == Plain(value.name()) ||
        typed == Plain(WordOf(type, value.number()))) {
      return value.number();
    }
  }
  return std::nullopt;
}

std::string Choices(const google::protobuf::EnumDescriptor& type) {
  std::string choices;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() == 0) continue;
    if (!choices.empty()) choices += ", ";
    choices += Plain(CodeWithoutPrefix(*type.value(i)));
  }
  return choices;
}

std::string WithheldWords(const v1::Withheld& withheld) {
  const std::string owner = withheld.owner_controller().empty() ? Word(withheld.owner_kind())
                                                                : withheld.owner_controller();
  const std::string what = Word(withheld.category()) + " of " + owner;
  switch (withheld.reason()) {
    case v1::WITHHELD_REASON_SHARING_NOT_OPEN:
      return "sharing not open with " + owner;
    case v1::WITHHELD_REASON_NO_GROUND:
      return what + ": no ground for sharing it";
    case v1::WITHHELD_REASON_OWN_UNIT_ONLY:
      return what + ": stays with the unit that wrote it";
    case v1::WITHHELD_REASON_IDENTITY_NOT_CONFIRMED:
      return "all but your own unit's records: identity not confirmed";
    case v1::WITHHELD_REASON_ROLE:
      return what + ": not for your role";
    case v1::WITHHELD_REASON_EXEMPTED_BY_LAW:
      return what + ": a law keeps it from you";
    default:
      return what + ": " + Word(withheld.reason());
  }
}

}  // namespace navo::cli
