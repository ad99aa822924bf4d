// SPDX-License-Identifier: Apache-2.0
internal import CPCRE2
internal import PosternCore
