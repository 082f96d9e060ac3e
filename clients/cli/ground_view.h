// Grounds for sharing as they are printed.
#ifndef NAVO_CLIENTS_CLI_GROUND_VIEW_H_
#define NAVO_CLIENTS_CLI_GROUND_VIEW_H_

#include <string>
#include <vector>

#include "clients/cli/context.h"
#include "navo/v1/consent.pb.h"

namespace navo::cli {

void PrintGrounds(Context& context, const std::vector<v1::Ground>& grounds);

// The catalogue of laws: what each opens, and what is uncertain about it.
void PrintLegalBases(Context& context, const std::vector<v1::LegalBasis>& bases);

// "nav-stat → oslo-vo".
std::string DirectionText(const v1::Release& release);
// "existence, plan, goals".
std::string CategoriesText(const v1::Release& release);
// "from 2026-11-22", "2026-11-22 – 2027-11-21".
std::string PeriodText(const v1::Ground& ground);

}  // namespace navo::cli

#endif  // NAVO_CLIENTS_CLI_GROUND_VIEW_H_
