// SPDX-License-Identifier: Apache-2.0
internal import COpenDKIM
internal import COpenSSL
