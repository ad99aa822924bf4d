// SPDX-License-Identifier: Apache-2.0
internal import CSystemd
internal import CZlib
internal import PosternCore
