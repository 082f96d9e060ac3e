#include "storage/crypto.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "storage/clock.h"
#include "tests/support/fake_clock.h"

namespace navo::storage {
namespace {

std::string Hex(std::string_view bytes) {
  std::ostringstream out;
  for (const unsigned char c : bytes) {
    out << "0123456789abcdef"[c >> 4] << "0123456789abcdef"[c & 15];
  }
  return out.str();
}

SecretKey KeyOf(char fill) {
  return SecretKey::FromBytes(std::string(SecretKey::kBytes, fill)).value();
}

TEST(Digest, AgreesWithPublishedVectors) {
  EXPECT_EQ(Hex(Sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Hex(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Digest, HmacAgreesWithRfc4231Case3AndChangesWithKeyAndData) {
  // RFC 4231 case 3 has a key of 20 bytes; HMAC fills keys up with zeros, so ours is the same key.
  const std::string key = std::string(20, '\xaa') + std::string(12, '\0');
  EXPECT_EQ(Hex(HmacSha256(SecretKey::FromBytes(key).value(), std::string(50, '\xdd'))),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_NE(HmacSha256(KeyOf('a'), "x"), HmacSha256(KeyOf('b'), "x"));
  EXPECT_NE(HmacSha256(KeyOf('a'), "x"), HmacSha256(KeyOf('a'), "y"));
  EXPECT_EQ(HmacSha256(KeyOf('a'), "x"), HmacSha256(KeyOf('a'), "x"));
  EXPECT_EQ(HmacSha256(KeyOf('a'), "").size(), kDigestBytes);
}

TEST(Sealer, OpensWhatItSealed) {
  support::SeededRandom random;
  const Sealer sealer(KeyOf('k'), random);
  for (const std::string& plain : {std::string(), std::string("a"), std::string(100'000, 'z')}) {
    for (const std::string& associated : {std::string(), std::string("participant/1")}) {
      const std::string sealed = sealer.Seal(plain, associated);
      EXPECT_EQ(sealed.size(), plain.size() + Sealer::kOverheadBytes);
      const auto opened = sealer.Open(sealed, associated);
      ASSERT_TRUE(opened.ok()) << opened.status();
      EXPECT_EQ(*opened, plain);
    }
  }
}

TEST(Sealer, SealsTheSameTextDifferentlyEachTime) {
  support::SeededRandom random;
  const Sealer sealer(KeyOf('k'), random);
  EXPECT_NE(sealer.Seal("same", ""), sealer.Seal("same", ""));
}

TEST(Sealer, RefusesEveryFlippedBitAndEveryShortening) {
  support::SeededRandom random;
  const Sealer sealer(KeyOf('k'), random);
  const std::string sealed = sealer.Seal("cursor 42", "staff/kari");
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(sealer.Open(changed, "staff/kari").ok()) << "bit " << bit;
  }
  for (std::size_t length = 0; length < sealed.size(); ++length) {
    EXPECT_FALSE(sealer.Open(sealed.substr(0, length), "staff/kari").ok()) << length;
  }
  EXPECT_FALSE(sealer.Open(sealed + "x", "staff/kari").ok());
  EXPECT_TRUE(sealer.Open(sealed, "staff/kari").ok());
}

TEST(Sealer, RefusesAnotherPlaceAndAnotherKeyWithTheSameText) {
  support::SeededRandom random;
  const Sealer sealer(KeyOf('k'), random);
  const std::string sealed = sealer.Seal("cursor 42", "staff/kari");
  const auto elsewhere = sealer.Open(sealed, "staff/ola");
  const auto other_key = Sealer(KeyOf('l'), random).Open(sealed, "staff/kari");
  const auto nothing = sealer.Open("", "staff/kari");
  ASSERT_FALSE(elsewhere.ok());
  EXPECT_EQ(elsewhere.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(elsewhere.status(), other_key.status());
  EXPECT_EQ(elsewhere.status(), nothing.status());
}

TEST(Sealer, ManyThreadsShareOne) {
  SystemRandom random;
  const Sealer sealer(KeyOf('k'), random);
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 500; ++i) {
        const std::string plain = std::to_string(t) + "/" + std::to_string(i);
        const std::string digest = HmacSha256(KeyOf('k'), plain) + Sha256(plain);
        const auto opened = sealer.Open(sealer.Seal(plain, digest), digest);
        if (!opened.ok() || *opened != plain) ++wrong[static_cast<std::size_t>(t)];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(wrong, testing::Each(0));
}

TEST(Base64Url, AgreesWithPublishedVectors) {
  EXPECT_EQ(Base64UrlEncode(""), "");
  EXPECT_EQ(Base64UrlEncode("f"), "Zg");
  EXPECT_EQ(Base64UrlEncode("fo"), "Zm8");
  EXPECT_EQ(Base64UrlEncode("foo"), "Zm9v");
  EXPECT_EQ(Base64UrlEncode("foob"), "Zm9vYg");
  EXPECT_EQ(Base64UrlEncode("\xfb\xff"), "-_8");
  EXPECT_EQ(Base64UrlDecode("-_8"), "\xfb\xff");
}

TEST(Base64Url, ReadsBackWhatItWrote) {
  std::string data;
  for (int i = 0; i < 300; ++i) {
    EXPECT_EQ(Base64UrlDecode(Base64UrlEncode(data)), data);
    data.push_back(static_cast<char>(i * 7));
  }
}

TEST(Base64Url, RefusesOtherSpellings) {
  for (const char* text : {"Zg==", "Zm8=", "Z", "Zm9vY", "Zm9v\n", " Zm9v", "Zm9+", "Zm9/", "Zm.v",
                           "Zh", "Zm9", "Zm\xc3\xa6v"}) {
    EXPECT_EQ(Base64UrlDecode(text), std::nullopt) << text;
  }
  EXPECT_EQ(Base64UrlDecode(std::string("Zm9\0", 4)), std::nullopt);
}

TEST(ConstantTimeEqual, Compares) {
  EXPECT_TRUE(ConstantTimeEqual("", ""));
  EXPECT_TRUE(ConstantTimeEqual("abc", "abc"));
  EXPECT_FALSE(ConstantTimeEqual("abc", "abd"));
  EXPECT_FALSE(ConstantTimeEqual("abc", "ab"));
}

TEST(SecretKey, TakesOnly32BytesAndIsNeverPrinted) {
  EXPECT_FALSE(SecretKey::FromBytes(std::string(31, 'k')).ok());
  EXPECT_FALSE(SecretKey::FromBytes(std::string(33, 'k')).ok());
  EXPECT_EQ(testing::PrintToString(KeyOf('k')), "[key]");
}

TEST(Wipe, EmptiesTheText) {
  std::string text = "secret";
  Wipe(text);
  EXPECT_EQ(text, "");
}

TEST(Uuid, IsVersion4AndNeverTheSame) {
  SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = random.Uuid();
    EXPECT_THAT(uuid, testing::MatchesRegex(
                          "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    EXPECT_TRUE(seen.insert(uuid).second);
  }
}

TEST(Uuid, FollowsTheSeed) {
  EXPECT_EQ(support::SeededRandom(7).Uuid(), support::SeededRandom(7).Uuid());
  EXPECT_NE(support::SeededRandom(7).Uuid(), support::SeededRandom(8).Uuid());
}

}  // namespace
}  // namespace navo::storage
