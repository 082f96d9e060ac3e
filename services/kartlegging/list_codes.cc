#include "services/kartlegging/list_codes.h"

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/domain/code_lists.h"
#include "services/domain/name_key.h"
#include "services/domain/page.h"
#include "services/domain/text.h"
#include "services/kartlegging/content_check.h"
#include "storage/status_macros.h"

namespace navo::services {
namespace {

constexpr int kMaxCodes = 200;
constexpr domain::TextRule kCodeText{.max_characters = 20};

struct Wanted {
  std::string parent;
  std::string search;
  std::string search_key;
  std::set<std::string, std::less<>> codes;
  int page_size = 0;
};

absl::StatusOr<Wanted> CheckRequest(v1::ListCodesRequest* request) {
  domain::Violations violations;
  if (request->list() == v1::CODE_LIST_UNSPECIFIED || !v1::CodeList_IsValid(request->list())) {
    violations.Add("list", "must be STYRK08, LANGUAGE, COUNTRY, NUS2000_LEVEL or DIGCOMP");
  }
  domain::CheckText("parent", request->mutable_parent(), kCodeText, violations);
  domain::CheckText("search", request->mutable_search(), domain::kNameText, violations);
  if (CheckCount("codes", request->codes_size(), kMaxCodes, violations)) {
    for (int i = 0; i < request->codes_size(); ++i) {
      domain::CheckText(Item("codes", i), request->mutable_codes(i), kCodeText, violations);
    }
  }
  const int page_size = domain::CheckPageSize(request->page_size(), violations);
  NAVO_RETURN_IF_ERROR(violations.ToStatus());
  return Wanted{request->parent(),
                request->search(),
                domain::NameKey(request->search(), ""),
                {request->codes().begin(), request->codes().end()},
                page_size};
}

// The names of each list as they are searched, in the order of its codes. Made at the first search:
// folding 8,000 languages takes longer than a read may.
const std::vector<std::string>& SearchKeys(v1::CodeList list) {
  using Keys = std::array<std::vector<std::string>, v1::CodeList_ARRAYSIZE>;
  static const Keys kKeys = [] {
    Keys keys;
    for (int number = 0; number < v1::CodeList_ARRAYSIZE; ++number) {
      for (const domain::Code& code : domain::CodesOf(static_cast<v1::CodeList>(number))) {
        keys[static_cast<size_t>(number)].push_back(domain::NameKey(code.name_nb, "") + " " +
                                                    domain::NameKey(code.name_en, ""));
      }
    }
    return keys;
  }();
  return kKeys[static_cast<size_t>(list)];
}

bool Matches(const Wanted& wanted, const domain::Code& code, const std::string& name_key) {
  if (!wanted.parent.empty() && code.parent != wanted.parent) return false;
  if (!wanted.codes.empty() && !wanted.codes.contains(code.code)) return false;
  return wanted.search.empty() || code.code.starts_with(wanted.search) ||
         domain::HasWordStarting(name_key, wanted.search_key);
}

// All but the page bind a page token.
std::string FiltersOf(const v1::ListCodesRequest& request) {
  v1::ListCodesRequest filters = request;
  filters.clear_page_size();
  filters.clear_page_token();
  return filters.SerializeAsString();
}

}  // namespace

absl::Status ListCodes(door::Case& c, const v1::ListCodesRequest& sent,
                       v1::ListCodesResponse& response) {
  v1::ListCodesRequest request = sent;
  NAVO_ASSIGN_OR_RETURN(const Wanted wanted, CheckRequest(&request));
  const std::string filters = FiltersOf(request);
  NAVO_ASSIGN_OR_RETURN(const std::optional<door::PagePosition> page,
                        c.OpenPage(filters, request.page_token()));
  response.set_source(std::string(domain::SourceOf(request.list())));
  const absl::Span<const domain::Code> codes = domain::CodesOf(request.list());
  const std::vector<std::string>& name_keys = SearchKeys(request.list());
  for (size_t i = page.has_value() ? static_cast<size_t>(page->first) : 0; i < codes.size(); ++i) {
    if (!Matches(wanted, codes[i], name_keys[i])) continue;
    if (response.codes_size() == wanted.page_size) {
      response.set_next_page_token(c.NextPage(filters, {static_cast<int64_t>(i), 0, {}}));
      break;
    }
    v1::Code* code = response.add_codes();
    code->set_code(std::string(codes[i].code));
    code->set_parent(std::string(codes[i].parent));
    code->set_name_nb(std::string(codes[i].name_nb));
    code->set_name_en(std::string(codes[i].name_en));
  }
  return absl::OkStatus();
}

}  // namespace navo::services
