// The coded fields: languages, countries, education, occupation, DigComp. A code has to stand in
// the list that the program carries (code_lists.h), but for NUS2000, of which only the shape is
// checked.
//
// Check...() adds at most one violation for `field`. They are for fields that are set: an empty
// text is a violation. Pure; any thread.
#ifndef NAVO_SERVICES_DOMAIN_CODES_H_
#define NAVO_SERVICES_DOMAIN_CODES_H_

#include <string>
#include <string_view>

#include "services/domain/error.h"

namespace navo::domain {

// BCP 47: a language of two or three letters (ISO 639, three where there are no two: prs, ckb, kmr,
// nsl), then subtags ("zh-Hant", "pt-BR"), of which the shape is checked. `code` is put in BCP 47's
// usual case, and a language of three letters that has two becomes that ("ara" is "ar").
void CheckLanguageCode(std::string_view field, std::string* code, Violations& violations);

// ISO 3166-1 alpha-2 (or XK), capital letters. `code` is put in capitals.
void CheckCountryCode(std::string_view field, std::string* code, Violations& violations);

// NUS2000: six digits. Source: SSB, standard for utdanningsgruppering.
void CheckNus2000(std::string_view field, std::string_view code, Violations& violations);

// The level, first digit of a valid code: 0 none, 1 barneskole, 2 ungdomsskole, 3-5 videregående,
// 6-7 university, 8 doctorate, 9 unknown.
int Nus2000Level(std::string_view code);

// Whether "passed?" and "recognised in Norway?" are asked for: not below videregående and not for
// unknown.
bool AsksForRecognition(int nus2000_level);

// STYRK-08: one to four digits, from yrkesfelt to yrke. Source: SSB.
void CheckStyrk08(std::string_view field, std::string_view code, Violations& violations);

// DigComp 2.2: area or competence.
void CheckDigComp(std::string_view field, std::string_view code, Violations& violations);

// A canonical UUID: 36 characters, hexadecimal, hyphens in place.
bool IsUuid(std::string_view text);

}  // namespace navo::domain

#endif  // NAVO_SERVICES_DOMAIN_CODES_H_
