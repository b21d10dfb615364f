// SPDX-License-Identifier: MIT
pragma solidity 0.8.26;

/// The two kinds of token that a custodian meets and EIP-20 does not describe. Compiled into OddTokens.json with
/// solc 0.8.26, optimizer on (200 runs), EVM version shanghai, metadata hash none.
abstract contract OddToken {
    event Transfer(address indexed from, address indexed to, uint256 value);

    uint8 public constant decimals = 6;
    mapping(address => uint256) public balanceOf;

    constructor(uint256 supply, address owner) {
        balanceOf[owner] = supply;
        emit Transfer(address(0), owner, supply);
    }

    function move(address from, address to, uint256 value) internal {
        require(balanceOf[from] >= value, "balance");
        unchecked {
            balanceOf[from] -= value;
            balanceOf[to] += value;
        }
        emit Transfer(from, to, value);
    }
}

/// As Tether's on Ethereum: transfer returns nothing at all.
contract NoReturnToken is OddToken {
    constructor(uint256 supply, address owner) OddToken(supply, owner) {}

    function transfer(address to, uint256 value) external {
        move(msg.sender, to, value);
    }
}

/// Keeps a hundredth of each transfer for itself, and says so in a second event.
contract FeeToken is OddToken {
    constructor(uint256 supply, address owner) OddToken(supply, owner) {}

    function transfer(address to, uint256 value) external returns (bool) {
        uint256 fee = value / 100;
        move(msg.sender, to, value - fee);
        move(msg.sender, address(this), fee);
        return true;
    }
}
