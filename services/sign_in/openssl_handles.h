// Owners of OpenSSL objects: each frees what it holds.
#ifndef NAVO_SERVICES_SIGN_IN_OPENSSL_HANDLES_H_
#define NAVO_SERVICES_SIGN_IN_OPENSSL_HANDLES_H_

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>

namespace navo::services {

template <auto kFree>
struct OpenSslFree {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

template <typename T, auto kFree>
using OpenSslHandle = std::unique_ptr<T, OpenSslFree<kFree>>;

using BioHandle = OpenSslHandle<BIO, BIO_free_all>;
using NumberHandle = OpenSslHandle<BIGNUM, BN_free>;
using SignatureHandle = OpenSslHandle<ECDSA_SIG, ECDSA_SIG_free>;
using DigestHandle = OpenSslHandle<EVP_MD_CTX, EVP_MD_CTX_free>;
using KeyHandle = OpenSslHandle<EVP_PKEY, EVP_PKEY_free>;
using KeyContextHandle = OpenSslHandle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using ParameterBuilderHandle = OpenSslHandle<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using ParametersHandle = OpenSslHandle<OSSL_PARAM, OSSL_PARAM_free>;

}  // namespace navo::services

#endif  // NAVO_SERVICES_SIGN_IN_OPENSSL_HANDLES_H_
